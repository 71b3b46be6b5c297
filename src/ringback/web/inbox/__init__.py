"""The inbox: what came in by mail, what it was taken for, and what followed."""
