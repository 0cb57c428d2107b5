"""Upload contracts: one YAML file a dataset, in the words of Frictionless Table Schema.

Beside the standard's words (fields, type, constraints, primaryKey, foreignKeys, missingValues, trueValues, falseValues)
a contract has: `synonyms` (other headers that mean the field), `unit`, `states` (cell texts that stand for absent,
exempt or missing instead of a number), `aliases` (other spellings of a value), `substitutes` (headers that may stand in
for the field where a person agrees), `folder` (a constraint: the value is one of the product's own names), `lookup` (the
cell may hold a name instead of the code), `pseudonym` (kept only as a keyed hash), `owner` (the office that owes the
dataset), `internal` (its rows are listed for staff only), `personal` (rows are about single persons: never listed),
`period` (the field that dates a row), `wide` (how one row of a file may hold several rows of the dataset), `expected`
(who owes the dataset by when) and `tally` (by what its rows are counted, so that nobody need read them all).
"""

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field as Key
from pydantic import StringConstraints, model_validator

from data.configuration import ROOT, Bilingual, Strict, read
from data.problem import BrokenConfiguration
from data.vocabulary import normalised, without_unit

FOLDER = Path(__file__).parent / "contracts"

# Exact to a ten-thousandth: enough for marks, shares and yuan, and compared without rounding.
DECIMAL_DIGITS, DECIMAL_PLACES = 18, 4
SQL_TYPES = {
    "string": "varchar",
    "integer": "bigint",
    "number": f"decimal({DECIMAL_DIGITS},{DECIMAL_PLACES})",
    "date": "date",
    "boolean": "boolean",
}

# The units of fields that count persons, in the contracts' own Chinese words; awards are counted by their winners.
PERSONS = frozenset({"人", "人次", "名"})

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
State = Literal["absent", "exempt", "missing"]


class Names(Strict):
    """Values that are the names of the folders at a path of the product, as an indicator's code is; called: what they are."""

    path: str
    called: Bilingual

    @property
    def found(self) -> tuple[str, ...]:
        """The names, sorted; a folder counts once it has a definition."""
        return tuple(sorted(one.parent.name for one in (ROOT / self.path).glob("[a-z]*/definition.yaml")))

    @model_validator(mode="after")
    def _has_names(self) -> "Names":
        if not self.found:
            raise ValueError(f"path: {self.path} has no folders with a definition")
        return self


class Constraints(Strict):
    """What a value must be. folder: it is one of many names that nobody lists by hand; they become the `enum`."""

    required: bool = False
    enum: tuple[str, ...] = ()
    folder: Names | None = None
    minimum: float | None = None
    maximum: float | None = None
    maxLength: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _names_are_listed(cls, given: Any) -> Any:
        if isinstance(given, Mapping) and given.get("folder"):
            return {**given, "enum": Names.model_validate(given["folder"]).found}
        return given


class Lookup(Strict):
    """A cell may hold the text of `by` in the dataset `resource` where the field wants that dataset's own key."""

    resource: Name
    by: Name


class Field(Strict):
    """One column of a dataset. A field whose name ends in `_id` is an identifier: text, never a number."""

    name: Name
    type: Literal["string", "integer", "number", "date", "boolean"]
    title: Bilingual
    description: Bilingual | None = None
    unit: Bilingual | None = None
    synonyms: tuple[str, ...] = ()
    substitutes: tuple[str, ...] = ()
    aliases: dict[str, tuple[str, ...]] = Key(default_factory=dict)
    lookup: Lookup | None = None
    constraints: Constraints = Constraints()
    trueValues: tuple[str, ...] = ("true",)
    falseValues: tuple[str, ...] = ("false",)
    states: dict[State, tuple[str, ...]] | None = None
    pseudonym: bool = False
    example: object = ""

    @property
    def sql_type(self) -> str:
        return SQL_TYPES[self.type]

    @property
    def state_column(self) -> str | None:
        """The column that says recorded, absent, exempt or missing, where the field has such states."""
        return f"{self.name}_state" if self.states else None

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Every spelling of a value that has several, normalised → the value."""
        answers = (*self.trueValues, *self.falseValues) if self.type == "boolean" else ()
        values = (*self.constraints.enum, *self.aliases, *answers)
        others = {normalised(other): value for value, texts in self.aliases.items() for other in texts}
        return others | {normalised(value): value for value in values}

    @cached_property
    def state_texts(self) -> frozenset[str]:
        return frozenset(text for texts in (self.states or {}).values() for text in texts)

    @property
    def is_identifier(self) -> bool:
        return self.name.endswith("_id")

    @cached_property
    def headers(self) -> frozenset[str]:
        """Every header that means this field, normalised."""
        return frozenset(normalised(text) for text in (self.name, self.title.zh, self.title.en, *self.synonyms))


class Reference(Strict):
    resource: Name
    fields: tuple[Name, ...]


class ForeignKey(Strict):
    fields: tuple[Name, ...]
    reference: Reference


class Wide(Strict):
    """One row a pupil with a group of columns a subject: `by` takes the column's name, `fields` hold the group's cells.

    fields: field → the words beside the subject's name that mean it (赋分); the first field is also the bare column.
    named: where a group is no subject, what its columns are called, as a pattern with the groups `by` and `part`.
    """

    by: Name
    named: str | None = None
    fields: dict[Name, tuple[str, ...]]


class Earlier(Strict):
    """The scope that a scope is measured from is named by a field of the dataset `resource`; of it only some steps are made."""

    resource: Name
    field: Name
    steps: tuple[Name, ...]


class Tally(Strict):
    """Rows are counted by the columns `by`, and counted anew scope by scope (`scope` is one of them).

    listed: those of `by` in which rows of one group differ, such as scores: they are kept as a list a group;
    tables: further tables made of a scope's rows by `data/tallies/<name>.sql` → their columns with their SQL types;
    steps: what these are made over, `data/tallies/counted_<step>.sql`;
    depends: datasets whose rows the tables read too, so that a change of theirs counts the scope anew;
    earlier: where the scope that a scope is measured from is named.
    """

    scope: Name
    by: Annotated[tuple[Name, ...], Key(min_length=1)]
    listed: tuple[Name, ...] = ()
    tables: dict[Name, dict[Name, str]] = Key(default_factory=dict)
    steps: tuple[Name, ...] = ()
    depends: tuple[Name, ...] = ()
    earlier: Earlier | None = None

    @property
    def groups(self) -> tuple[Name, ...]:
        """The columns that the rows of one group have in common."""
        return tuple(name for name in self.by if name not in self.listed)


class Deadline(Strict):
    """By this day of a period's year, or of the year `years_after` it; `term` where a period has several."""

    month: Annotated[int, Key(ge=1, le=12)]
    day: Annotated[int, Key(ge=1, le=31)]
    years_after: int = 0
    term: str | None = None


class Expected(Strict):
    """Who owes a dataset by when. each: every district, or the city as a whole.

    kinds: the kinds of institution that must all have a row; none: the dataset is not reported school by school.
    """

    each: Literal["district", "city"]
    by: Annotated[tuple[Deadline, ...], Key(min_length=1)]
    kinds: tuple[str, ...] = ()


class Contract(Strict):
    """What a file of one dataset must look like; also the dataset's table."""

    dataset: Name
    title: Bilingual
    description: Bilingual
    owner: Bilingual
    internal: bool = False
    personal: bool = False
    period: Name | None = None
    primaryKey: Annotated[tuple[Name, ...], Key(min_length=1)]
    missingValues: tuple[str, ...] = ("",)
    foreignKeys: tuple[ForeignKey, ...] = ()
    wide: Wide | None = None
    expected: Expected | None = None
    tally: Tally | None = None
    fields: tuple[Field, ...]

    @model_validator(mode="after")
    def _keys_name_fields(self) -> "Contract":
        names = [field.name for field in self.fields]
        if len(set(names)) != len(names):
            raise ValueError("fields: a name stands twice")
        taken = sorted(set(names) & {"upload_id", "line", "removed"})
        if taken:
            raise ValueError(f"fields: {taken[0]} says where a row comes from; use another name")
        used = {
            "primaryKey": self.primaryKey,
            "period": (self.period,) if self.period else (),
            "foreignKeys": tuple(name for key in self.foreignKeys for name in key.fields),
            "wide": (self.wide.by, *self.wide.fields) if self.wide else (),
        }
        for key, wanted in used.items():
            unknown = sorted(set(wanted) - set(names))
            if unknown:
                raise ValueError(f"{key}: {unknown[0]} is no field of this contract")
        return self

    @model_validator(mode="after")
    def _tally_names_columns(self) -> "Contract":
        if self.tally and not {self.tally.scope} <= set(self.tally.by) <= set(self.columns):
            raise ValueError("tally: scope must be one of by, and by must name columns of this contract")
        if self.tally and not set(self.tally.listed) <= {*self.tally.by} - {self.tally.scope}:
            raise ValueError("tally: listed must be some of by, and not the scope")
        return self

    @model_validator(mode="after")
    def _deadlines_name_terms(self) -> "Contract":
        terms = [deadline.term for deadline in self.expected.by] if self.expected else []
        if self.expected and self.period is None:
            raise ValueError("expected: a dataset that is owed by a day needs a period")
        if any(terms):
            known = next((field.constraints.enum for field in self.fields if field.name == "term"), ())
            unknown = [term for term in terms if term not in known]
            if unknown:
                raise ValueError(f"expected: {unknown[0]} is no value of the field term")
        return self

    @model_validator(mode="after")
    def _headers_mean_one_field(self) -> "Contract":
        meant: dict[str, str] = {}
        for field in self.fields:
            for header in field.headers | {normalised(text) for text in field.substitutes}:
                if meant.setdefault(header, field.name) != field.name:
                    raise ValueError(f"fields: “{header}” means both {meant[header]} and {field.name}")
        return self

    @property
    def columns(self) -> dict[str, str]:
        """Column name → SQL type of the dataset's table, in order."""
        columns: dict[str, str] = {}
        for field in self.fields:
            columns[field.name] = field.sql_type
            if field.state_column:
                columns[field.state_column] = "varchar"
        return columns

    @property
    def tally_views(self) -> dict[str, dict[str, str]]:
        """Every view of counts kept beside the dataset's rows → its columns with their SQL types."""
        if self.tally is None:
            return {}
        counted = {**{name: self.columns[name] for name in self.tally.by}, "row_count": "bigint"}
        return {f"{self.dataset}_tally": counted, **self.tally.tables}

    @property
    def tally_tables(self) -> dict[str, dict[str, str]]:
        """The same of the tables behind the views: columns are lists, in one order, where rows are not counted alike."""
        if self.tally is None or not self.tally.listed:
            return self.tally_views
        groups = {name: self.columns[name] for name in self.tally.groups}
        lists = {name: f"{self.columns[name]}[]" for name in self.tally.listed}
        return {**self.tally_views, f"{self.dataset}_tally": {**groups, **lists}}

    @property
    def table(self) -> str:
        """The dataset's table in the store's file."""
        return f"fact_{self.dataset}"

    @property
    def lists_persons(self) -> bool:
        """Whether its rows are about single persons."""
        return self.personal or any(field.pseudonym for field in self.fields)

    @cached_property
    def person_counts(self) -> tuple[str, ...]:
        """The fields that count persons."""
        return tuple(field.name for field in self.fields if field.unit and field.unit.zh in PERSONS)

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    def field_for(self, header: str) -> Field | None:
        """The field that a file's header means, with or without a unit in brackets behind it, or None."""
        wanted = normalised(header)
        for text in (wanted, without_unit(wanted)[0]):
            for field in self.fields:
                if text in field.headers:
                    return field
        return None

    def substituted_by(self, header: str) -> Field | None:
        """The field that a column of this header may stand in for, if a person agrees, or None."""
        wanted = normalised(header)
        return next((one for one in self.fields if wanted in {normalised(text) for text in one.substitutes}), None)


@cache
def contracts() -> dict[str, Contract]:
    """Every contract by dataset name, referenced datasets before those that refer to them."""
    found = {path.stem: read(path, Contract, dataset=path.stem) for path in sorted(FOLDER.glob("*.yaml"))}
    for contract in found.values():
        for key in contract.foreignKeys:
            target = found.get(key.reference.resource)
            if target is None or not set(key.reference.fields) <= set(target.columns):
                raise BrokenConfiguration(
                    f"data/contracts/{contract.dataset}.yaml: foreignKeys: {key.reference.resource} has no such fields"
                )
    return dict(sorted(found.items(), key=lambda item: (_depth(item[1], found), item[0])))


def _depth(contract: Contract, found: dict[str, Contract]) -> int:
    others = {key.reference.resource for key in contract.foreignKeys} - {contract.dataset}
    return 1 + max((_depth(found[name], found) for name in others), default=0)
