"""A certificate authority of our own, and certificates for servers on 127.0.0.1."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ringback.adapters.mail.hosts import Reach

_Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Certificates:
    """PEM files. `expired` and `elsewhere` are server certificates that must not be believed."""

    authorities: Path
    certificate: Path
    key: Path
    expired: Path
    elsewhere: Path

    @property
    def reach(self) -> Reach:
        """Loopback allowed, and our authority believed."""
        return Reach(private=True, authorities=self.authorities)

    def tls(self, certificate: Path | None = None) -> ssl.SSLContext:
        """For a server; by default with the good certificate."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate or self.certificate, self.key)
        return context


def make_certificates(folder: Path) -> Certificates:
    authority_key, server_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    authority = _certificate("Ringback test authority", authority_key, "Ringback test authority", authority_key)
    files = {
        "authorities.pem": authority,
        "server.pem": _certificate("server", server_key, "Ringback test authority", authority_key, here),
        "expired.pem": _certificate("server", server_key, "Ringback test authority", authority_key, here, days=-1),
        "elsewhere.pem": _certificate(
            "server", server_key, "Ringback test authority", authority_key, x509.DNSName("mail.elsewhere.example")
        ),
    }
    for name, certificate in files.items():
        (folder / name).write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain, pem = serialization.NoEncryption(), serialization.Encoding.PEM
    (folder / "key.pem").write_bytes(server_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return Certificates(
        *(folder / name for name in ("authorities.pem", "server.pem", "key.pem", "expired.pem", "elsewhere.pem"))
    )


def _certificate(
    name: str, key: _Key, issuer: str, issuer_key: _Key, where: x509.GeneralName | None = None, days: int = 3
) -> x509.Certificate:
    now = datetime.now(UTC)
    building = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=3))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=where is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if where is not None:
        building = building.add_extension(x509.SubjectAlternativeName([where]), critical=False)
    return building.sign(issuer_key, hashes.SHA256())
