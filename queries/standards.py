"""The standard that compulsory schools are measured against: data, validated once, given to the SQL as views and macros."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated

import duckdb
from pydantic import Field, model_validator

from data.configuration import Bilingual, Strict, read
from data.contract import contracts
from data.store import literal

FILE = Path(__file__).parent / "compulsory" / "standards.yaml"
DATASET = "school_resource"

Above0 = Annotated[Decimal, Field(gt=0)]


def _refuse_unknown_stages(stages: Iterable[str]) -> None:
    unknown = sorted(set(stages) - set(contracts()[DATASET].field("stage").constraints.enum))
    if unknown:
        raise ValueError(f"{DATASET} knows no stage {unknown[0]}")


class Measure(Strict):
    """One of the measures: `component` of the dataset school_resource for `per` pupils against each stage's standard."""

    title: Bilingual
    unit: Bilingual
    gap_unit: Bilingual
    component: str
    per: Annotated[int, Field(ge=1)]
    standards: dict[str, Above0]

    @model_validator(mode="after")
    def _is_reported(self) -> "Measure":
        if self.component not in contracts()[DATASET].columns:
            raise ValueError(f"component: {DATASET} has no column {self.component}")
        _refuse_unknown_stages(self.standards)
        return self


class Standards(Strict):
    """The whole standard: see the comments in `compulsory/standards.yaml`."""

    source: Bilingual
    required: Annotated[int, Field(ge=1)]
    floor: Annotated[Decimal, Field(gt=0, le=1)]
    floor_source: Bilingual
    large_class: Annotated[int, Field(ge=1)]
    very_large_class: Annotated[int, Field(ge=1)]
    weights: dict[str, dict[str, Above0]]
    measures: dict[str, Measure]

    @model_validator(mode="after")
    def _fits_together(self) -> "Standards":
        if self.required > len(self.measures):
            raise ValueError(f"required: there are only {len(self.measures)} measures")
        if self.very_large_class < self.large_class:
            raise ValueError("very_large_class: is also large, so not below large_class")
        for stages in self.weights.values():
            _refuse_unknown_stages(stages)
        return self

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that have standards, in the order of the file."""
        return tuple(dict.fromkeys(stage for one in self.measures.values() for stage in one.standards))


@cache
def standards() -> Standards:
    """The installation's standard; `BrokenConfiguration` names file and key."""
    return read(FILE, Standards)


def install(connection: duckdb.DuckDBPyConnection) -> None:
    """Puts the standard beside the staging views.

    `balance_standard` (stage, measure, component, per, standard), `shared_weight` (kind, stage, weight) and the macros
    `balance_required()`, `balance_floor()`, `large_class()`, `very_large_class()`.
    """
    held = standards()
    standard_rows = [
        f"({literal(stage)}, {literal(code)}, {literal(one.component)}, {one.per}, {value})"
        for code, one in held.measures.items()
        for stage, value in one.standards.items()
    ]
    weight_rows = [
        f"({literal(kind)}, {literal(stage)}, {weight})"
        for kind, stages in held.weights.items()
        for stage, weight in stages.items()
    ]
    connection.execute(
        f"""create or replace view balance_standard as
        select stage, measure, component, per::integer as per, standard::decimal(12, 4) as standard
        from (values {", ".join(standard_rows)}) rows(stage, measure, component, per, standard)"""
    )
    connection.execute(
        f"""create or replace view shared_weight as select kind, stage, weight::decimal(6, 2) as weight
        from (values {", ".join(weight_rows)}) rows(kind, stage, weight)"""
    )
    numbers = {
        "balance_required": held.required,
        "balance_floor": held.floor,
        "large_class": held.large_class,
        "very_large_class": held.very_large_class,
    }
    for name, number in numbers.items():
        connection.execute(f"create or replace macro {name}() as {number}")
