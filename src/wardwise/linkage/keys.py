"""Pseudonyms by a secret key, and the sealed list that leads back. The key lies in a file of its own, outside the store.

A pseudonym is HMAC-SHA-256 (RFC 2104) of the text under the key: nobody without the key can make it from a name, or test a guess.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from wardwise.records.errors import WardwiseError

BYTES = 32
LENGTH = 20
"""Characters of a pseudonym: 80 bits, so that two of a million people share one less than once in 10¹² lists."""
OWNER_ONLY = stat.S_IRUSR | stat.S_IWUSR


def make(path: Path) -> bytes:
    """A new key in a file that its owner alone may read. Raises WardwiseError when the file is there already."""
    key = secrets.token_bytes(BYTES)
    _write(path, key.hex().encode() + b"\n", os.O_EXCL)
    return key


def read(path: Path) -> bytes:
    """The key in a file. Raises WardwiseError when it is not one, or when others may read it."""
    if not path.is_file():
        raise WardwiseError(
            "There is no key.", where=path.name, next_step="Make one: wardwise link new-key FILE, outside the store."
        )
    if sys.platform != "win32" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise WardwiseError(
            "Others than its owner may read the key.", where=path.name, next_step="Take their rights away (chmod 600)."
        )
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        key = b""
    if len(key) != BYTES:
        raise WardwiseError("This file holds no key.", where=path.name, next_step="Name the file made by new-key.")
    return key


def pseudonym(key: bytes, kind: str, text: str) -> str:
    """The pseudonym of a text; kind keeps the pseudonyms of records and of people apart."""
    found = hmac.new(key, f"{kind}\x1f{text}".encode(), hashlib.sha256)
    return found.hexdigest()[:LENGTH]


def seal(path: Path, key: bytes, columns: Mapping[str, list[str]]) -> None:
    """Write a table that opens only with the key: Parquet's own encryption (AES-GCM), under a key made for this file alone."""
    import pyarrow.parquet as pq
    from pyarrow.parquet.encryption import create_encryption_properties

    salt = secrets.token_bytes(BYTES)
    sink = pa.BufferOutputStream()
    properties = create_encryption_properties(_file_key(key, salt))
    with pq.ParquetWriter(
        sink, pa.schema([(name, pa.string()) for name in columns]), encryption_properties=properties
    ) as writer:
        writer.write_table(pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()}))
    _write(path, salt + sink.getvalue().to_pybytes(), os.O_TRUNC)


def unseal(path: Path, key: bytes) -> dict[str, list[str]]:
    """The columns of a sealed table. Raises WardwiseError when there is none, or the key is another's."""
    import pyarrow.parquet as pq
    from pyarrow.parquet.encryption import create_decryption_properties

    if not path.is_file():
        raise WardwiseError("There is no sealed list.", where=path.name, next_step="Name the file that link wrote.")
    content = path.read_bytes()
    properties = create_decryption_properties(_file_key(key, content[:BYTES]))
    try:
        table = pq.read_table(pa.BufferReader(content[BYTES:]), decryption_properties=properties)
    except (OSError, pa.ArrowException):
        raise WardwiseError(
            "This key does not open the list.", where=path.name, next_step="Use the key that it was sealed with."
        ) from None
    return {name: table.column(name).to_pylist() for name in table.column_names}


def _file_key(key: bytes, salt: bytes) -> bytes:
    """A key for one file (an extract-and-expand step as in RFC 5869), so that no two files share one."""
    return hmac.new(key, b"sealed list" + salt, hashlib.sha256).digest()


def _write(path: Path, content: bytes, flag: int) -> None:
    """Write a file that its owner alone may read, from its first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | flag | getattr(os, "O_BINARY", 0), OWNER_ONLY)
    except FileExistsError:
        raise WardwiseError(
            "There is a key in this file already.",
            where=path.name,
            next_step="Name another. A key that is overwritten cannot be had back, nor what it sealed.",
        ) from None
    with os.fdopen(number, "wb") as file:
        file.write(content)
    path.chmod(OWNER_ONLY)
