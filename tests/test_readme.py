"""The commands that the README gives work as they stand there."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data.configuration import ROOT

READMES = ("README.md", "README.zh-CN.md")


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)


def commands(name: str) -> list[str]:
    """The lines of the shell blocks, make's apart: they run the very tests that this one is among."""
    return [line for block in blocks(name, "sh") for line in block.splitlines() if not line.startswith("make ")]


def test_the_commands_on_data_run_one_after_the_other(installation: Path) -> None:
    """Those of the first; that both have the same is shown below."""
    found = commands(READMES[0])
    assert any(line.startswith("python -m data publish") for line in found)
    assert any(line.startswith("python -m queries show") for line in found)
    for line in ["python -m data prepare", *found]:
        done = subprocess.run([sys.executable, *shlex.split(line)[1:]], cwd=ROOT, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, ""), line
        for written in re.findall(r"--out (\S+)", line):
            made = ROOT / written
            assert made.exists()
            shutil.rmtree(made) if made.is_dir() else made.unlink()


@pytest.mark.parametrize("name", READMES)
def test_the_make_targets_exist(name: str) -> None:
    targets = set(re.findall(r"`?make ([a-z]+)", (ROOT / name).read_text(encoding="utf-8")))
    assert {"run", "test"} <= targets
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert targets <= made


@pytest.mark.parametrize("name", READMES)
def test_files_that_are_named_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = re.findall(r"\]\((?!http)([^)]+)\)", text) + re.findall(r"`((?:data|queries|pages)/[\w./-]+)`", text)
    missing = [path for path in named if not (ROOT / path).exists() and path != "data/store/"]
    assert missing == []


def test_both_languages_give_the_same_commands() -> None:
    first, second = ([re.sub(r'"[^"]*"', '""', line) for line in commands(name)] for name in READMES)
    assert first == second
    assert blocks(READMES[0], "bat") == blocks(READMES[1], "bat")
