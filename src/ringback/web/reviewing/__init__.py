"""A planned mail before it goes: read, changed, sent by one key, and called back while it waits."""
