"""The dashboard as a server of its own, for tests and measurements that talk to it as a browser does."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ATTEMPTS, PAUSE = 900, 0.2


@contextmanager
def served(folder: Path, environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """Fills the environment's store with sample data and serves the product in `folder`; gives the port."""
    subprocess.run(
        [sys.executable, "-m", "data", "prepare"], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL
    )
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()
            server.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(port: int) -> None:
    for _attempt in range(ATTEMPTS):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health")
        except OSError:
            time.sleep(PAUSE)
        else:
            return
    raise RuntimeError("the server did not start")
