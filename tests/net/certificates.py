"""Certificates for the TLS tests, made once for a run."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
DAY = timedelta(days=1)


class Certificates:
    """A root, an issuer that the root limits, and servers with something wrong each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self.root_key = ec.generate_private_key(ec.SECP256R1())
        self.root = self.make("Test Root", self.root_key, authority=True)
        self.ca_pem = self.root.public_bytes(serialization.Encoding.PEM).decode()

    def make(  # noqa: PLR0913 - what may be wrong with a certificate
        self,
        name: str,
        key: Key,
        *,
        issuer: x509.Certificate | None = None,
        issuer_key: Key | None = None,
        days: tuple[int, int] = (-1, 30),
        authority: bool = False,
        hosts: tuple[str, ...] = (),
        extensions: tuple[tuple[x509.ExtensionType, bool], ...] = (),
    ) -> x509.Certificate:
        """A certificate; without an issuer it signs itself. `days` are its first and last from today."""
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        now = datetime.now(UTC)
        signer = issuer_key or key
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.subject if issuer else subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + days[0] * DAY)
            .not_valid_after(now + days[1] * DAY)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
            )
        )
        if authority:
            usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
            builder = builder.add_extension(usage, critical=True)
        if hosts:
            names: list[x509.GeneralName] = [x509.DNSName(host) for host in hosts]
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical=critical)
        return builder.sign(signer, hashes.SHA256())

    def server(
        self,
        *,
        key: Key | None = None,
        chain: tuple[x509.Certificate, ...] = (),
        certificate: x509.Certificate | None = None,
        days: tuple[int, int] = (-1, 30),
        hosts: tuple[str, ...] = ("localhost",),
        extensions: tuple[tuple[x509.ExtensionType, bool], ...] = (),
    ) -> ssl.SSLContext:
        """A server's context; by default with a certificate of the root for localhost."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        certificate = certificate or self.make(
            hosts[0],
            key,
            issuer=self.root,
            issuer_key=self.root_key,
            days=days,
            hosts=hosts,
            extensions=extensions,
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        self._count += 1
        path = self._folder / f"{self._count}.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        public = b"".join(each.public_bytes(serialization.Encoding.PEM) for each in (certificate, *chain))
        path.write_bytes(private + public)
        context.load_cert_chain(path)
        return context

    def expired(self) -> ssl.SSLContext:
        return self.server(days=(-30, -1))

    def not_yet_valid(self) -> ssl.SSLContext:
        return self.server(days=(1, 30))

    def wrong_host(self) -> ssl.SSLContext:
        return self.server(hosts=("other.example",))

    def self_signed(self) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        return self.server(key=key, certificate=self.make("localhost", key, hosts=("localhost",)))

    def unknown_authority(self) -> ssl.SSLContext:
        key, other = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        root = self.make("Other Root", other, authority=True)
        leaf = self.make("localhost", key, issuer=root, issuer_key=other, hosts=("localhost",))
        return self.server(key=key, certificate=leaf)

    def unknown_authority_with_root(self) -> ssl.SSLContext:
        key, other = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        root = self.make("Other Root", other, authority=True)
        leaf = self.make("localhost", key, issuer=root, issuer_key=other, hosts=("localhost",))
        return self.server(key=key, certificate=leaf, chain=(root,))

    def not_for_servers(self) -> ssl.SSLContext:
        return self.server(extensions=((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), False),))

    def issued_by_no_authority(self) -> ssl.SSLContext:
        middle, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        issuer = self.make("No Authority", middle, issuer=self.root, issuer_key=self.root_key)
        leaf = self.make("localhost", key, issuer=issuer, issuer_key=middle, hosts=("localhost",))
        return self.server(key=key, certificate=leaf, chain=(issuer,))

    def outside_of_the_constraints(self) -> ssl.SSLContext:
        middle, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        limits = x509.NameConstraints([x509.DNSName("allowed.example")], None)
        issuer = self.make(
            "Limited",
            middle,
            issuer=self.root,
            issuer_key=self.root_key,
            authority=True,
            extensions=((limits, True),),
        )
        leaf = self.make("localhost", key, issuer=issuer, issuer_key=middle, hosts=("localhost",))
        return self.server(key=key, certificate=leaf, chain=(issuer,))

    def weak_key(self) -> ssl.SSLContext:
        return self.server(key=rsa.generate_private_key(public_exponent=65537, key_size=1024))

    def old_protocol(self) -> ssl.SSLContext:
        context = self.server()
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        return context

    def no_common_cipher(self) -> ssl.SSLContext:
        context = self.server()  # an elliptic key
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers("AES128-SHA:@SECLEVEL=0")  # which only an RSA key could serve
        return context

    def wants_a_client_certificate(self) -> ssl.SSLContext:
        context = self.server()
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(cadata=self.ca_pem)
        return context
