"""Reads that more than one caller needs; `access` is the one door."""
