"""Every page's script run against an empty page of the same server, over the websocket that a browser uses.

The product is copied, given one more page file without a body, and served from the copy. A run lasts from asking for it
until the server says that the script has finished; large messages are kept as a browser keeps them. The pages that list
every indicator are then measured once more in a copy with MANY indicators, most of them copies of others.
"""

import os
import shutil
import socket
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import ClientConnection, connect

from tests.bench.measure import alternate, report
from tests.server import served

ROOT = Path(__file__).resolve().parent.parent.parent
EMPTY_PAGE = 'from data.words import N_\n\nTITLE = N_("Empty")\nICON = ":material/check_box_outline_blank:"\n'
ROUNDS, WARM_UP = 40, 6
MANY = 600
LISTING_EVERY_INDICATOR = ("overview", "plan", "dictionary")

# The hashes of the messages that need not be sent again.
_kept: set[str] = set()
ALSO = {"indicator": "id=public_share&area=信都区", "preschool": "area=襄都区&line=public_share"}


def main() -> None:
    with TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        with served(copy, environment(folder), Path(folder) / "log") as port:
            _measure(copy, port)
    print(f"The same with {MANY} indicators:", flush=True)
    with TemporaryDirectory() as folder:
        copy = copied(Path(folder))
        _multiply(copy / "queries" / "indicators")
        with served(copy, environment(folder), Path(folder) / "log") as port:
            _measure(copy, port, LISTING_EVERY_INDICATOR)


def copied(folder: Path) -> Path:
    copy = folder / "copy"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "store", "artefacts", "__pycache__"))
    (copy / "pages" / "99_empty.py").write_text(EMPTY_PAGE, encoding="utf-8")
    return copy


def environment(folder: str) -> dict[str, str]:
    return {**os.environ, "QUALITY_STORE": folder, "QUALITY_KEY": f"{folder}/key"}


def _multiply(indicators: Path) -> None:
    """Copies the indicators in turn until there are MANY; a folder's name is all that tells them apart."""
    folders = sorted(path for path in indicators.iterdir() if path.is_dir())
    for number in range(MANY - len(folders)):
        like = folders[number % len(folders)]
        shutil.copytree(like, indicators / f"{like.name}_{number}")


def _measure(copy: Path, port: int, only: Sequence[str] = ()) -> None:
    files = sorted((copy / "pages").glob("[0-9]*_*.py"))
    names = [file.stem.partition("_")[2] for file in files]
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", max_size=None, subprotocols=["streamlit"]) as socket_:
        runs = {"empty": lambda: run(socket_, "empty", "lang=zh_CN")}
        for name in only or names:
            if name != "empty":
                query = f"lang=zh_CN&{ALSO.get(name, '')}".rstrip("&")
                runs[name] = lambda name=name, query=query: run(socket_, "" if name == names[0] else name, query)
        report(alternate(runs, ROUNDS, WARM_UP), "empty")


def run(socket_: ClientConnection, page: str, query: str) -> None:
    """Asks for a run of a page and waits for its end, or for that of the run which the page itself asks for instead.

    A run that raised an exception is no measurement.
    """
    request = BackMsg()
    request.rerun_script.query_string = query
    request.rerun_script.page_script_hash = calc_hash(page)
    request.rerun_script.page_name = page
    request.rerun_script.cached_message_hashes.extend(_kept)
    socket_.send(request.SerializeToString())
    while True:
        # Or the kernel's delayed acknowledgement (40 ms) would be most of what is measured.
        socket_.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        message = ForwardMsg()
        message.ParseFromString(socket_.recv())
        if message.HasField("delta") and message.delta.new_element.HasField("exception"):
            raise RuntimeError(message.delta.new_element.exception.message)
        if message.metadata.cacheable:
            _kept.add(message.hash)
        ended = message.WhichOneof("type") == "script_finished"
        if ended and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            return


if __name__ == "__main__":
    main()
