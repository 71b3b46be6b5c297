"""The outbox: mails in doubt or refused, mails that wait, what goes by itself, what was sent."""
