"""mailboxes: connected, tried, paused; their secrets never come back to a page"""
