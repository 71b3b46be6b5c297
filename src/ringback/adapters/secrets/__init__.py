"""Passwords that the product has to use itself, sealed at rest with the house's own key."""

from ringback.adapters.secrets.sealing import CannotOpen, reseal, seal, unseal

__all__ = ["CannotOpen", "reseal", "seal", "unseal"]
