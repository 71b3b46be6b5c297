"""settings, addresses, and the `ringback` entry point"""
