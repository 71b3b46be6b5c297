"""What the prospect meets behind the links of a mail: no log-in, no script, one button."""
