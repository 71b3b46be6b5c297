"""Calendars: invitations that other people's programs understand."""
