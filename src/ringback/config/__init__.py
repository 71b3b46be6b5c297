"""Settings, addresses, and the `ringback` entry point."""
