"""Mails as values: what goes out, what comes in, and the rules for both."""
