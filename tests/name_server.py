"""A name server of a few records on a free loopback port, over UDP and TCP, as a context manager."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

Zone = Mapping[tuple[str, str], Sequence[str]]
FAILS = "fails"
SILENT = "silent"
UDP_LIMIT = 512


@contextmanager
def name_server(zone: Zone) -> Iterator[str]:
    """Its “host:port”. `zone` holds texts by (name, kind); FAILS or SILENT as a kind breaks a name altogether."""
    stop = threading.Event()
    udp, tcp = _pair()
    threads = [
        threading.Thread(target=_serve_udp, args=(udp, zone, stop), daemon=True),
        threading.Thread(target=_serve_tcp, args=(tcp, zone, stop), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield f"127.0.0.1:{udp.getsockname()[1]}"
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=5)
        udp.close()
        tcp.close()


def _pair() -> tuple[socket.socket, socket.socket]:
    """Both kinds of socket on one free port."""
    while True:
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind(("127.0.0.1", 0))
        tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            tcp.bind(udp.getsockname())
        except OSError:
            udp.close()
            tcp.close()
            continue
        tcp.listen()
        for each in (udp, tcp):
            each.settimeout(0.1)
        return udp, tcp


def _serve_udp(server: socket.socket, zone: Zone, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            question, asker = server.recvfrom(4096)
        except TimeoutError:
            continue
        answer = _answer(question, zone)
        if answer is not None:
            wire = answer.to_wire()
            if len(wire) > UDP_LIMIT:
                answer.answer, answer.flags = [], answer.flags | dns.flags.TC
                wire = answer.to_wire()
            server.sendto(wire, asker)


def _serve_tcp(server: socket.socket, zone: Zone, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            connection, _ = server.accept()
        except TimeoutError:
            continue
        with connection, connection.makefile("rb") as incoming:
            (length,) = struct.unpack("!H", incoming.read(2))
            answer = _answer(incoming.read(length), zone)
            if answer is not None:
                wire = answer.to_wire()
                connection.sendall(struct.pack("!H", len(wire)) + wire)


def _answer(wire: bytes, zone: Zone) -> dns.message.Message | None:
    question = dns.message.from_wire(wire)
    asked = question.question[0]
    name = asked.name.to_text(omit_final_dot=True).lower()
    if (name, SILENT) in zone:
        return None
    answer = dns.message.make_response(question)
    if (name, FAILS) in zone:
        answer.set_rcode(dns.rcode.SERVFAIL)
        return answer
    if not any(known == name or known.endswith(f".{name}") for known, _ in zone):
        answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer
    for kind in ("CNAME", dns.rdatatype.to_text(asked.rdtype)):
        if texts := zone.get((name, kind)):
            answer.answer.append(dns.rrset.from_text_list(asked.name, 60, "IN", kind, list(texts)))
    return answer
