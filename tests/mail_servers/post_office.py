"""Postfix and Dovecot from Debian with a throw-away configuration: mail that really travels.

Dovecot runs as an ordinary user. Postfix starts as root, drops to its own users, and keeps its queue in our folder.
Neither touches the system's configuration, mail or services.
"""

from __future__ import annotations

import imaplib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from string import Template

from ringback.domain.mail.outgoing import MailServer
from tests.mail_servers.certificates import Certificates
from tests.mail_servers.ports import free_port, wait_until_open
from tests.mail_servers.post_office_files import DOVECOT_CONF, MAIN_CF, MASTER_CF

ROSA, IMOGEN = "rosa@ringback.example", "imogen@hartley.example"
SECRET = "open-sesame-7"
# Taken without question, and sent back a moment later with a real report.
LOST = "nobody@lost.example"
NOBODY_THERE = "550 5.1.1 There is nobody of that name here"
_ORDINARY = ("nobody", "nogroup")
_ADMINISTRATION = "/usr/sbin:/sbin:/usr/local/sbin"


@dataclass(frozen=True, slots=True)
class Ports:
    smtp: int
    smtps: int
    imap: int
    imaps: int
    lmtp: int
    auth: int
    elsewhere: int


@dataclass(frozen=True, slots=True)
class PostOffice:
    """For both addresses: where to hand mail over, and where to read it. Any password but SECRET is wrong.

    Plus-addresses reach their mailbox; LOST@… comes back; every other address is refused. `log` is Postfix's.
    """

    ports: Ports
    log: Path

    def empty(self) -> None:
        """Both mailboxes as on the first day."""
        for address in (ROSA, IMOGEN):
            with closing_client(self.ports.imap, address) as client:
                for folder in ("INBOX", "Gesendet"):
                    client.select(folder)
                    client.uid("STORE", "1:*", "+FLAGS", r"(\Deleted)")
                    client.expunge()

    def smtp(self, address: str = ROSA, security: str = "starttls") -> MailServer:
        port = self.ports.smtps if security == "tls" else self.ports.smtp
        return MailServer("127.0.0.1", port, security, address, SECRET)

    def imap(self, address: str = ROSA, security: str = "starttls") -> MailServer:
        port = self.ports.imaps if security == "tls" else self.ports.imap
        return MailServer("127.0.0.1", port, security, address, SECRET)


@contextmanager
def closing_client(port: int, address: str) -> Iterator[imaplib.IMAP4]:
    client = imaplib.IMAP4("127.0.0.1", port, timeout=10)
    client.login(address, SECRET)
    yield client
    client.logout()


def lacking() -> str:
    """What this machine needs before a post office can open; blank if nothing."""
    if os.geteuid() != 0:
        return "root, which Postfix needs to start"
    if not (_found("postfix") and _found("dovecot") and Path("/usr/lib/dovecot/lmtp").exists()):
        return "Postfix or Dovecot (on Debian: postfix, dovecot-imapd, dovecot-lmtpd)"
    version = subprocess.run([_found("dovecot"), "--version"], capture_output=True, text=True, check=False).stdout
    # 2.4 reads another kind of settings.
    return "" if version.startswith("2.3.") else f"Dovecot 2.3 (here is {version.strip()})"


@contextmanager
def open_post_office(certificates: Certificates) -> Iterator[PostOffice]:
    ports = Ports(*(free_port() for _ in range(7)))
    folder = Path(tempfile.mkdtemp(prefix="ringback-post-"))
    try:
        folder.chmod(0o755)
        with _dovecot(folder / "dovecot", ports, certificates), _postfix(folder / "postfix", ports, certificates):
            yield PostOffice(ports, folder / "postfix" / "log")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _dovecot(folder: Path, ports: Ports, certificates: Certificates) -> Iterator[None]:
    _write(folder, {"dovecot.conf": DOVECOT_CONF}, ports, certificates)
    for path in (folder, *folder.iterdir()):
        shutil.chown(path, *_ORDINARY)
    user, group = _ORDINARY
    process = subprocess.Popen(
        [_found("dovecot"), "-F", "-c", str(folder / "dovecot.conf")],
        user=user,
        group=group,
        extra_groups=[],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(lambda: wait_until_open(ports.imap, process), folder / "log")
        yield
    finally:
        process.terminate()
        process.wait(15)


@contextmanager
def _postfix(folder: Path, ports: Ports, certificates: Certificates) -> Iterator[None]:
    _write(folder, {"main.cf": MAIN_CF, "master.cf": MASTER_CF}, ports, certificates)
    for name, owner in (("queue", "root"), ("data", "postfix")):
        (folder / name).mkdir()
        shutil.chown(folder / name, owner)
    run = [_found("postfix"), "-c", str(folder)]
    done = subprocess.run([*run, "start"], capture_output=True, check=False, cwd="/")
    try:
        assert done.returncode == 0, done.stderr.decode()
        _wait(lambda: wait_until_open(ports.smtp), folder / "log")
        yield
    finally:
        subprocess.run([*run, "stop"], capture_output=True, check=False, cwd="/")


def _write(folder: Path, files: dict[str, Template], ports: Ports, certificates: Certificates) -> None:
    known = {**asdict(ports), "folder": folder, "user": _ORDINARY[0], "group": _ORDINARY[1], "secret": SECRET}
    known |= {"rosa": ROSA, "imogen": IMOGEN, "lost_domain": LOST.rpartition("@")[2], "nobody_there": NOBODY_THERE}
    folder.mkdir()
    for name, template in files.items():
        (folder / name).write_text(template.substitute(known))
    shutil.copy(certificates.certificate, folder / "server.pem")
    shutil.copy(certificates.key, folder / "key.pem")


def _found(name: str) -> str:
    """Administrators' programs are not on everybody's PATH. Blank if there is none."""
    return shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", ""), _ADMINISTRATION))) or ""


def _wait(waiting: Callable[[], None], log: Path) -> None:
    try:
        waiting()
    except AssertionError as error:
        said = log.read_text() if log.exists() else "nothing"
        raise AssertionError(f"{error}; its log says:\n{said}") from error
