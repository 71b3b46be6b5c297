"""The library of articles: what goes with reminders, for whom, and who had it (A8)."""
