"""A mail's way out: written when its touch is due, claimed, handed over once, settled."""
