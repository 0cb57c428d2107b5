"""What came in is handed out as it came, however much of it there is and whichever version kept it."""

import io

import pyarrow as pa
import pyarrow.ipc
import pytest

from data import intake
from data.originals import original
from data.store import Store

HEADER = ("year", "area", "age", "persons")


@pytest.mark.parametrize("count", [1, 127, 128, 129, 255, 256, 257, 32_767, 32_768, 32_769])
def test_a_kept_file_has_every_cell_however_many_differ(count: int, store: Store) -> None:
    """Its columns are kept with indices of one, two or four bytes."""
    rows = [(str(2000 + n // 121 % 100), f"区{n // 12_100}", str(n % 121), str(n)) for n in range(count)]
    areas = "".join(f"区{n},district,邢台市\n" for n in range(count // 12_100 + 1))
    intake.publish(store, f"area,level,parent\n{areas}".encode(), "areas.csv", by="test")
    text = "\n".join(map(",".join, (HEADER, *rows)))
    done = intake.publish(store, text.encode(), "f.csv", "population", by="test", said=intake.Said(accept=True))
    assert done.upload is not None
    assert original(store, done.upload) == (HEADER, rows)


def test_a_file_that_an_older_version_kept_with_its_row_numbers_is_handed_out_without_them(store: Store) -> None:
    table = pa.table({"line": [2, 3], "=line": ["a", "b"], "==": pa.array(["1", "2"]).dictionary_encode()})
    target = io.BytesIO()
    with pa.ipc.new_file(target, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(table)
    with store.writing() as cursor:
        cursor.execute("insert into store.original values (1000, 'arrow', ?)", [target.getvalue()])
    assert original(store, 1000) == (("line", "="), [("a", "1"), ("b", "2")])
