"""The words of mails: found by what they are for, edited beside a real prospect, with versions and own copies (A10)."""
