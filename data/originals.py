"""What came in, kept beside the rows that were made of it: the table as it stood, without what leads to a person.

Columns that name persons are gone, pupils' codes are replaced, and rows that were passed over (titles, totals, remarks:
places where people sign) are not in it. It is kept packed, as an Arrow file of text columns.
"""

import io

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.ipc

from data.columns import Incoming
from data.layout import Sheet
from data.mapping import Proposed
from data.problem import Refused
from data.store import Store
from data.words import _

FORM = "arrow"
# Before the header of each column: no header is taken for what Arrow or an older version kept beside the columns.
_MARK = "="


def packed(sheet: Sheet, found: Proposed, incoming: Incoming) -> bytes:
    """The columns that have a meaning, or were left out as computed from others."""
    computed = {note.column for note in found.notes} if not found.contract.personal else set()
    kept: dict[str, pa.Array] = {}
    for header, column in zip(sheet.header, sheet.columns, strict=True):
        if header in incoming.kept:
            kept[_MARK + header] = _narrow(incoming.kept[header])
        elif header in computed:
            kept[_MARK + header] = _narrow(column)
    table = pa.table(kept)
    target = io.BytesIO()
    with pa.ipc.new_file(target, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    return target.getvalue()


def _narrow(column: pa.Array) -> pa.Array:
    """The column with indices of as few bytes as its texts need: there is less to pack."""
    numbers = pa.from_numpy_dtype(np.min_scalar_type(-len(column.dictionary)))
    return pa.DictionaryArray.from_arrays(column.indices.cast(numbers), column.dictionary)


def keep(cursor: duckdb.DuckDBPyConnection, upload_id: int, content: bytes) -> None:
    cursor.execute("insert into store.original values (?, ?, ?)", [upload_id, FORM, content])


def kept(cursor: duckdb.DuckDBPyConnection) -> frozenset[int]:
    """The uploads whose file can be handed out; none in a store of an older version that is only read."""
    tables = cursor.execute("select 1 from duckdb_tables() where database_name = 'store' and table_name = 'original'")
    if not tables.fetchall():
        return frozenset()
    return frozenset(number for (number,) in cursor.execute("select upload_id from store.original").fetchall())


def original(store: Store, upload_id: int) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Header and rows of what an upload brought; `Refused` where nothing was kept (uploads of older versions)."""
    with store.reading() as cursor:
        rows = cursor.execute("select content from store.original where upload_id = ?", [upload_id]).fetchall()
    if not rows:
        raise Refused(_("There is no file of upload {id}.", id=upload_id))
    table = pa.ipc.open_file(pa.py_buffer(rows[0][0])).read_all()
    columns = dict(zip(table.column_names, table.columns, strict=True))
    marked = {name.removeprefix(_MARK): column for name, column in columns.items() if name.startswith(_MARK)}
    return tuple(marked), list(zip(*(column.to_pylist() for column in marked.values()), strict=True))
