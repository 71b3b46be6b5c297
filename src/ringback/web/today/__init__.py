"""Today: whom to call now, and what else is due."""
