"""The call screen: what to say, how it ended, and what that arranges."""
