"""The indicators of data/samples/incentives.py, computed a second time."""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from tests.queries.oracle.base import WHOLE, Figures, areas_of, entry_on, histories, rows

TEACHER = ("teacher_basic", "teacher_performance", "teacher_allowances", "teacher_bonus")
CIVIL = ("civil_basic", "civil_allowances", "civil_performance", "civil_bonus")
CITY = "邢台市"
REWARD = 500_000


def figures(files: Mapping[str, bytes]) -> dict[str, Figures]:
    """Indicator → its figures for every period, area and part."""
    return {
        "exemplars_publicised": exemplars(files),
        "teacher_pay_ratio": pay_ratio(rows(files, "pay")),
        "benefit_coverage": benefits(rows(files, "benefit")),
        "foundation_balance": foundation(rows(files, "foundation")),
        "admission_reward": rewards(files),
    }


def exemplars(files: Mapping[str, bytes]) -> Figures:
    history = histories(files)
    last: dict[tuple[int, str], dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in rows(files, "publicity"):
        day = row["published_on"]
        for area in areas_of(entry_on(day, history[row["institution_id"]])):
            persons = last[int(day[:4]), area]
            persons[row["teacher_id"]] = max(persons.get(row["teacher_id"], ("", "")), (day, row["post"]))
    found: Figures = {}
    for place, persons in last.items():
        found[(*place, None)] = (len(persons), None)
        for post in {one for _day, one in persons.values()}:
            found[(*place, post)] = (sum(one == post for _day, one in persons.values()), None)
    return found


def pay_ratio(given: list[dict[str, str]]) -> Figures:
    return {(int(row["year"]), row["area"], None): (mean_pay(row, TEACHER), mean_pay(row, CIVIL)) for row in given}


def mean_pay(row: Mapping[str, str], components: tuple[str, ...]) -> Fraction | None:
    """The sum of one side's components; None where one is empty."""
    return None if any(row[name] == "" for name in components) else sum(Fraction(row[name]) for name in components)


def benefits(given: list[dict[str, str]]) -> Figures:
    found: Figures = defaultdict(lambda: (0, 0))
    for row in given:
        for part in (None, row["teacher_group"]):
            place = (int(row["year"]), row["area"], part)
            receiving, entitled = found[place]
            found[place] = (receiving + int(row["receiving"]), entitled + int(row["entitled"]))
    return dict(found)


def foundation(given: list[dict[str, str]]) -> Figures:
    found: Figures = {}
    for part, column in ((None, "donations"), ("grants", "grants"), ("balance", "balance")):
        for row in given:
            place = (int(row["year"]), WHOLE if row["area"] == CITY else row["area"], part)
            found[place] = (found.get(place, (0, None))[0] + Fraction(row[column]), None)
    return found


def rewards(files: Mapping[str, bytes]) -> Figures:
    history = histories(files)
    found: Figures = {}
    for row in rows(files, "admission"):
        for area in areas_of(entry_on(f"{row['year']}-12-31", history[row["institution_id"]])):
            place = (int(row["year"]), area, None)
            found[place] = (found.get(place, (0, None))[0] + int(row["tsinghua_peking"]) * REWARD, None)
    return found
