"""How Postfix and Dovecot are set up for `post_office`: as narrow as they can be, and nothing of the system's."""

from __future__ import annotations

from string import Template

DOVECOT_CONF = Template("""\
protocols = imap lmtp
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
listen = 127.0.0.1
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
recipient_delimiter = +
disable_plaintext_auth = no
auth_mechanisms = plain login
ssl = yes
ssl_cert = <${folder}/server.pem
ssl_key = <${folder}/key.pem
mail_location = maildir:~/Maildir
mail_uid = ${user}
mail_gid = ${group}
first_valid_uid = 1
first_valid_gid = 1
passdb {
  driver = static
  args = password=${secret}
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${folder}/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  mailbox "Gesendet" {
    auto = create
    special_use = \\Sent
  }
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${imap}
  }
  inet_listener imaps {
    port = ${imaps}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${lmtp}
  }
}
service auth {
  inet_listener {
    port = ${auth}
  }
}
""")

MAIN_CF = Template("""\
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/log
maillog_file_prefixes = ${folder}
myhostname = post.ringback.example
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtp_dns_support_level = disabled
smtpd_peername_lookup = no
alias_maps =
recipient_delimiter = +
virtual_mailbox_domains = ringback.example, hartley.example
virtual_mailbox_maps = inline:{ { ${rosa} = here }, { ${imogen} = here } }
virtual_transport = lmtp:inet:127.0.0.1:${lmtp}
relay_domains = ${lost_domain}
transport_maps = inline:{ { ${lost_domain} = smtp:[127.0.0.1]:${elsewhere} } }
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit
smtpd_sender_login_maps = inline:{ { ${rosa} = ${rosa} }, { ${imogen} = ${imogen} } }
smtpd_sender_restrictions = reject_sender_login_mismatch
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${auth}
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_cert_file = ${folder}/server.pem
smtpd_tls_key_file = ${folder}/key.pem
""")

# No service in a change of root: they find their files where everybody does. The third door plays the server of LOST,
# which knows nobody.
MASTER_CF = Template("""\
127.0.0.1:${smtp} inet n - n - - smtpd
127.0.0.1:${smtps} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
127.0.0.1:${elsewhere} inet n - n - - smtpd
  -o myhostname=mail.${lost_domain} -o smtpd_sender_restrictions= -o smtpd_relay_restrictions=
  -o { smtpd_recipient_restrictions = check_recipient_access static:{${nobody_there}}, reject }
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
""")
