"""Privacy at the door: what names a person is dropped, and a pupil's code becomes a keyed hash.

The key belongs to the installation and lies outside the repository and the store, so that neither of them alone, nor a
copy of both, leads back to a pupil.
"""

import hashlib
import os
import secrets
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute

from data.problem import Refused
from data.vocabulary import normalised
from data.words import _

KEY_BYTES = 32
# SHA-256 works on blocks of as many bytes.
_BLOCK_BYTES = 64

# Columns that name a person or a way to reach one; they are never read into the store, whatever the dataset.
PERSONAL_HEADERS = frozenset(
    normalised(header)
    for header in (
        "姓名",
        "学生姓名",
        "考生姓名",
        "幼儿姓名",
        "教师姓名",
        "领导姓名",
        "包联领导",
        "包联领导姓名",
        "校长姓名",
        "园长姓名",
        "教研员姓名",
        "负责人姓名",
        "联系人",
        "联系人姓名",
        "家长姓名",
        "监护人姓名",
        "身份证",
        "身份证号",
        "身份证号码",
        "身份证件号",
        "电话",
        "联系电话",
        "手机",
        "手机号",
        "手机号码",
        "家庭住址",
        "name",
        "student_name",
        "id_number",
        "phone",
        "telephone",
        "mobile",
    )
)


def key_path() -> Path:
    """Where the installation's key lies: `QUALITY_KEY`, else a file in the user's home folder."""
    chosen = os.environ.get("QUALITY_KEY")
    return Path(chosen).expanduser() if chosen else Path.home() / ".quality-dashboard" / "pseudonym.key"


def key() -> bytes:
    """The installation's key; made at first use, readable by its owner only."""
    return _key(key_path())


@cache
def _key(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_key(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        made = secrets.token_bytes(KEY_BYTES)
        file.write(made.hex())
    return made


def _read_key(path: Path) -> bytes:
    try:
        found = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        found = b""
    if len(found) != KEY_BYTES:
        # A new key in its place would part every pupil from the results that are stored already.
        raise Refused(
            _(
                "The key file {path} is damaged. Restore it from a backup; pupils' codes cannot be matched without it.",
                path=path,
            )
        )
    return found


def pseudonyms(codes: pa.Array) -> pa.Array:
    """Every code as 64 hexadecimal digits, its HMAC-SHA-256; an empty code stays empty, so that it is still found missing."""
    # The key's part of both rounds of RFC 2104 is the same for every code: three times as fast as a fresh HMAC each.
    padded = key().ljust(_BLOCK_BYTES, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded))
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))
    trimmed = pa.compute.utf8_trim_whitespace(codes).cast(pa.binary())
    return pa.array([_digest(inner, outer, code) if code else "" for code in trimmed.to_pylist()], pa.string())


def _digest(inner: "hashlib._Hash", outer: "hashlib._Hash", code: bytes) -> str:
    first, second = inner.copy(), outer.copy()
    first.update(code)
    second.update(first.digest())
    return second.hexdigest()
