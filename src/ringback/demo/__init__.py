"""A believable company, made only through actions."""
