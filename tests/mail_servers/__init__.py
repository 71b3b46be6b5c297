"""Real mail servers for tests, on free ports of 127.0.0.1. Every test may ask for these fixtures by name:

`smtp_sink`        takes every mail keeps it in `.mails`; `.play(Trick.…)` and `.answers` make it misbehave (aiosmtpd)
`start_smtp_sink`  the same with options: `start_smtp_sink(security="tls", username="rosa", secret="…")`.
`imap_server`      an IMAP server with an empty INBOX; `.put(raw)` delivers (pymap)
`post_office`      Postfix and Dovecot: `.smtp` and `.imap` for Rosa and Imogen; what one sends, the other finds. Needs
                   root and Debian's postfix, dovecot-imapd, dovecot-lmtpd; skips loudly, with CI=true fails.
`provider_api`     a provider's web interface (Postmark's): `sender_for(api.server, provider="postmark", …)`.
`certificates`     an authority of our own, `.authorities` to believe it, and a server certificate for 127.0.0.1.

Each `.server` is a MailServer; connect with `reach=certificates.reach`: loopback addresses are forbidden otherwise.
`Meddler(server)` from `tests.mail_servers.meddler` stands between: it cuts connections, falls silent, changes answers.
Without pytest: `with SmtpSink() as sink: …` from `tests.mail_servers.smtp_sink`.
"""
