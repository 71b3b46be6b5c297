"""The post: sending what is due and reading what came in."""
