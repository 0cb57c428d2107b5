"""The installation's key: made once, its owner's only, outside the product and the store."""

import hmac
import stat
from pathlib import Path

import pyarrow as pa
import pytest

from data import pseudonym
from data.configuration import ROOT
from data.problem import BrokenConfiguration, Refused


def test_the_key_is_made_at_first_use_for_its_owner_only(installation: Path) -> None:
    file = installation / "pseudonym.key"
    assert not file.exists()
    made = pseudonym.key()
    assert len(made) == pseudonym.KEY_BYTES
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_key_stays_the_same(installation: Path) -> None:
    made = pseudonym.key()
    pseudonym._key.cache_clear()
    assert pseudonym.key() == made


def test_two_installations_have_two_keys(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = pseudonym.key()
    monkeypatch.setenv("QUALITY_KEY", str(installation / "other" / "pseudonym.key"))
    assert pseudonym.key() != first


def test_the_key_lies_in_the_users_home_unless_said_otherwise(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUALITY_KEY")
    assert pseudonym.key_path() == installation / ".quality-dashboard" / "pseudonym.key"
    assert not pseudonym.key_path().is_relative_to(ROOT)
    pseudonym.key()
    assert pseudonym.key_path().exists()


def test_a_path_from_the_home_folder_is_understood(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALITY_KEY", "~/keys/city.key")
    assert pseudonym.key_path() == installation / "keys" / "city.key"


@pytest.mark.parametrize(
    "content", ["", "00", "no key at all", "zz" * 32], ids=["empty", "too short", "words", "not hexadecimal"]
)
def test_a_key_file_that_holds_no_whole_key_is_refused(content: str, installation: Path) -> None:
    (installation / "pseudonym.key").write_text(content, encoding="ascii")
    with pytest.raises((Refused, BrokenConfiguration), match=r"pseudonym\.key"):
        pseudonym.key()


def test_codes_become_what_hmac_sha_256_gives() -> None:
    codes = ["20210101", "20210102", "20210101", " 20210101 ", "学号甲"]
    hashed = pseudonym.pseudonyms(pa.chunked_array([codes[:2], codes[2:]])).to_pylist()
    assert hashed == [hmac.new(pseudonym.key(), code.strip().encode(), "sha256").hexdigest() for code in codes]


def test_an_empty_code_stays_empty() -> None:
    assert pseudonym.pseudonyms(pa.chunked_array([["", "  ", "1"]])).to_pylist()[:2] == ["", ""]


def test_a_column_without_rows_stays_without_rows() -> None:
    assert pseudonym.pseudonyms(pa.chunked_array([], pa.string())).to_pylist() == []
