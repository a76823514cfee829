"""RSA keys that sign nanopublications.

No message repeats anything of a key file's content, and no key is part of an error or a
representation.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from Crypto.Hash import SHA256
from Crypto.PublicKey import RSA
from Crypto.Signature import pkcs1_15

LEAST_BITS: Final = 2048
"""Shorter keys are not strong enough (NIST SP 800-131A)."""
_MOST_BYTES: Final = 1 << 16
_EXPECTED: Final = (
    "expected an unencrypted RSA private key, PEM or DER, or the one line of base64 that nanopub tools write"
)


class UnusableKey(ValueError):
    """The key file cannot sign; the message names it, says why and what is expected."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An RSA private key of at least `LEAST_BITS` bits."""

    private: RSA.RsaKey = field(repr=False)

    @property
    def public(self) -> str:
        """The public key as nanopublications state it: base64 of its SubjectPublicKeyInfo (RFC 5280)."""
        return base64.b64encode(self.private.public_key().export_key("DER")).decode()

    def sign(self, text: str) -> str:
        """Return the base64 of the signature of a text, RSASSA-PKCS1-v1_5 with SHA-256: the same each time."""
        return base64.b64encode(pkcs1_15.new(self.private).sign(SHA256.new(text.encode()))).decode()


def read_key(file: Path) -> SigningKey:
    """Return the key in a file; raise `UnusableKey` where it is missing, none, too short or only a public one."""
    try:
        with file.open("rb") as opened:
            content = opened.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UnusableKey(f"{file}: {error.strerror}; {_EXPECTED}") from error
    key = _import(content)
    if key is None:
        is_locked = b"ENCRYPTED" in content
        reason = "the key is encrypted, and nothing here asks for a passphrase" if is_locked else "not an RSA key"
        raise UnusableKey(f"{file}: {reason}; {_EXPECTED}")
    if not key.has_private():
        raise UnusableKey(f"{file}: a public key cannot sign; {_EXPECTED}")
    if key.size_in_bits() < LEAST_BITS:
        raise UnusableKey(f"{file}: the key has {key.size_in_bits()} bits, and needs {LEAST_BITS}; {_EXPECTED}")
    return SigningKey(key)


def _import(content: bytes) -> RSA.RsaKey | None:
    if len(content) > _MOST_BYTES:
        return None
    for read in (bytes, _from_base64):
        try:
            return RSA.import_key(read(content))
        except (ValueError, IndexError, TypeError):
            # What a parser says of bytes that are no key may repeat some of them.
            continue
    return None


def _from_base64(content: bytes) -> bytes:
    try:
        return base64.b64decode(b"".join(content.split()), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
