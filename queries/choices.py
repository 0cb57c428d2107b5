"""What a person can choose from when a file does not say something itself."""

from data.contract import Contract, contracts
from data.store import Store, quoted
from data.vocabulary import vocabulary

MOST = 2000


def values(store: Store, contract: Contract, name: str) -> dict[str, str]:
    """Value → what to show, for a field whose values are listed or stand in another dataset; empty for any other."""
    field = contract.field(name)
    if field.constraints.enum:
        return {value: value for value in field.constraints.enum}
    for key in contract.foreignKeys:
        if name in key.fields:
            other = contracts()[key.reference.resource]
            return _known(store, other, key.reference.fields[key.fields.index(name)])
    return {}


def meanings(contract: Contract) -> list[str]:
    """Everything that a column can mean, as a mapping writes it: the fields, and those of a wide sheet by subject."""
    named = [one.name for one in contract.fields]
    if contract.wide and contract.wide.named is None:
        named += [f"{name}@{group}" for name in contract.wide.fields for group in vocabulary().subjects]
    return named


def _known(store: Store, other: Contract, column: str) -> dict[str, str]:
    names = [one.name for one in other.fields if one.name in ("name", "exam_name")]
    shown = quoted(names[0]) if names else quoted(column)
    with store.reading() as cursor:
        rows = cursor.execute(
            f"select {quoted(column)}, any_value({shown}) from {other.dataset} group by 1 order by 1 desc limit {MOST}"
        ).fetchall()
    return {value: value if value == title else f"{title} ({value})" for value, title in rows}
