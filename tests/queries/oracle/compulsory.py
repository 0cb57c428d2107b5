"""The indicators of data/samples/compulsory.py, computed a second time: exact fractions, a root only for the spread."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, sqrt

from tests.queries.oracle.base import Figures, areas_of, entry_on, histories, rows, running

# Column, for so many pupils, standards of primary and junior schools (domain section 1.2).
MEASURES = {
    "l1": ("highly_qualified_teachers", 100, {"小学": "4.2", "初中": "5.3"}),
    "l2": ("backbone_teachers", 100, {"小学": "1", "初中": "1"}),
    "l3": ("sport_art_teachers", 100, {"小学": "0.9", "初中": "0.9"}),
    "l4": ("teaching_area", 1, {"小学": "4.5", "初中": "5.8"}),
    "l5": ("sports_area", 1, {"小学": "7.5", "初中": "10.2"}),
    "l6": ("equipment_value", 1, {"小学": "2000", "初中": "2500"}),
    "l7": ("multimedia_rooms", 100, {"小学": "2.3", "初中": "2.4"}),
}
WEIGHTS = {
    "九年一贯制学校": {"小学": Fraction(1), "初中": Fraction("1.1")},
    "完全中学": {"初中": Fraction(1), "高中": Fraction("1.2")},
    "十二年一贯制学校": {"小学": Fraction(1), "初中": Fraction("1.1"), "高中": Fraction("1.32")},
}
COMPULSORY = ("小学", "初中", "九年一贯制学校", "完全中学", "十二年一贯制学校")
WITH_PRIMARY = ("小学", "九年一贯制学校", "十二年一贯制学校")
TERMS = {"第一学期": 1, "第二学期": 2}

Row = dict[str, str]


@dataclass(frozen=True)
class Stage:
    """A compulsory stage of a school; amounts: by measure, shared parts included; None where a component is missing."""

    year: int
    areas: tuple[str, ...]
    stage: str
    pupils: int
    amounts: dict[str, Fraction | None]

    def level(self, measure: str) -> Fraction | None:
        """What a pupil has as a share of the standard."""
        amount = self.amounts[measure]
        if amount is None or self.pupils == 0:
            return None
        _column, per, standards = MEASURES[measure]
        return amount * per / self.pupils / Fraction(standards[self.stage])

    def passes(self) -> bool | None:
        levels = [self.level(measure) for measure in MEASURES]
        known = [level for level in levels if level is not None]
        if sum(level < 1 for level in known) > 1 or any(level < Fraction(85, 100) for level in known):
            return False
        return True if len(known) == len(levels) else None


def figures(files: Mapping[str, bytes]) -> dict[str, Figures]:
    """Indicator → its figures for every period, area and part."""
    stages = read_stages(files)
    found = {f"balance_{code}": shares(stages, lambda one, code=code: at_least_1(one.level(code))) for code in MEASURES}
    found["balance_schools"] = shares(stages, Stage.passes)
    found["balance_cv_primary"] = spreads([one for one in stages if one.stage == "小学"])
    found["balance_cv_junior"] = spreads([one for one in stages if one.stage == "初中"])
    found["large_classes"] = class_shares(files, 56)
    found["very_large_classes"] = class_shares(files, 66)
    found["quality_plan_coverage"] = programmes(files, lambda row: row["quality_plan"] == "是")
    found["teaching_reform_coverage"] = programmes(
        files, lambda row: 0 < int(row["subjects_set"]) <= int(row["subjects_reformed"])
    )
    found["after_school_schools"] = after_school_schools(files)
    found["after_school_pupils"] = after_school_pupils(files)
    found["special_education_enrolment"] = special_education(files)
    return found


def at_least_1(level: Fraction | None) -> bool | None:
    return None if level is None else level >= 1


def read_stages(files: Mapping[str, bytes]) -> list[Stage]:
    history = histories(files)
    schools: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows(files, "school_resource"):
        schools[row["school_year"], row["institution_id"]][row["stage"]] = row
    found = []
    for (year, institution), by_stage in schools.items():
        entry = entry_on(f"{year}-09-01", history[institution])
        for stage in ("小学", "初中"):
            if stage in by_stage:
                pupils = int(by_stage[stage]["pupils"])
                amounts = {code: amount(by_stage, stage, entry["kind"], code) for code in MEASURES}
                found.append(Stage(int(year), areas_of(entry), stage, pupils, amounts))
    return found


def amount(by_stage: Mapping[str, Row], stage: str, kind: str, measure: str) -> Fraction | None:
    """A stage's own amount and its share of what the school's stages have in common."""
    column = MEASURES[measure][0]
    own = by_stage[stage][column]
    if "共用" not in by_stage:
        return Fraction(own) if own else None
    shared, weights = by_stage["共用"][column], WEIGHTS[kind]
    if not own or not shared or not set(weights) <= set(by_stage):
        return None
    whole = sum(weight * int(by_stage[name]["pupils"]) for name, weight in weights.items())
    return Fraction(own) + Fraction(shared) * weights[stage] * int(by_stage[stage]["pupils"]) / whole


def groups(stages: list[Stage]) -> Iterator[tuple[int, str, list[Stage]]]:
    found: dict[tuple[int, str], list[Stage]] = defaultdict(list)
    for one in stages:
        for area in one.areas:
            found[one.year, area].append(one)
    for (year, area), group in found.items():
        yield year, area, group


def shares(stages: list[Stage], verdict: Callable[[Stage], bool | None]) -> Figures:
    found: Figures = {}
    for year, area, group in groups(stages):
        for part in (None, *{one.stage for one in group}):
            verdicts = [verdict(one) for one in group if part in (None, one.stage)]
            found[year, area, part] = (verdicts.count(True), len(verdicts) - verdicts.count(None))
    return found


def spreads(stages: list[Stage]) -> Figures:
    """S and the mean of every measure; the whole is the measure in which S over the mean is largest."""
    found: Figures = {}
    for year, area, group in groups(stages):
        sides = {code: spread(group, code) for code in MEASURES}
        for code, one in sides.items():
            found[year, area, code] = one or (None, None)
        known = [one for one in sides.values() if one and one[1]]
        whole = max(known, key=lambda one: one[0] / one[1]) if len(known) == len(sides) else (None, None)
        found[year, area, None] = whole
    return found


def spread(group: list[Stage], measure: str) -> tuple[float, float] | None:
    known = [(one.pupils, amount) for one in group if one.pupils and (amount := one.amounts[measure]) is not None]
    if not known:
        return None
    pupils = sum(count for count, _amount in known)
    mean = sum((amount for _count, amount in known), Fraction(0)) / pupils
    squares = [float(count * (amount / count - mean) ** 2) for count, amount in known]
    return sqrt(fsum(squares) / pupils), float(mean)


def class_shares(files: Mapping[str, bytes], size: int) -> Figures:
    history = histories(files)
    classes: dict[tuple[int, str, str | None], list[int]] = defaultdict(list)
    for row in rows(files, "class_size"):
        if row["stage"] in ("小学", "初中"):
            for area in areas_of(entry_on(f"{row['school_year']}-09-01", history[row["institution_id"]])):
                for part in (None, row["stage"]):
                    classes[int(row["school_year"]), area, part].append(int(row["pupils"]))
    return {place: (sum(one >= size for one in sizes), len(sizes)) for place, sizes in classes.items()}


def programmes(files: Mapping[str, bytes], does: Callable[[Row], bool]) -> Figures:
    found: Figures = {}
    reported = {(int(row["school_year"]), row["institution_id"]): row for row in rows(files, "school_programme")}
    for year in {year for year, _institution in reported}:
        for area, institutions in register(files, year, COMPULSORY).items():
            sent = [row for one in institutions if (row := reported.get((year, one)))]
            if sent:
                found[year, area, None] = (sum(does(row) for row in sent), len(institutions))
    return found


def register(files: Mapping[str, bytes], year: int, kinds: tuple[str, ...]) -> dict[str, list[str]]:
    """Area → the schools of these kinds that run at the end of a year."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in running(files, f"{year}-12-31"):
        if entry["kind"] in kinds:
            for area in areas_of(entry):
                found[area].append(entry["institution_id"])
    return found


def after_school_of(files: Mapping[str, bytes]) -> Iterator[tuple[int, str, list[str], list[Row]]]:
    """Period, area, its schools with a primary stage and the rows that they sent."""
    reported: dict[tuple[int, int], dict[str, Row]] = defaultdict(dict)
    for row in rows(files, "after_school"):
        reported[int(row["school_year"]), TERMS[row["term"]]][row["institution_id"]] = row
    for (year, term), sent in reported.items():
        for area, institutions in register(files, year, WITH_PRIMARY).items():
            own = [sent[one] for one in institutions if one in sent]
            if own:
                yield year * 10 + term, area, institutions, own


def after_school_schools(files: Mapping[str, bytes]) -> Figures:
    return {
        (period, area, None): (sum(row["offered"] == "是" for row in sent), len(institutions))
        for period, area, institutions, sent in after_school_of(files)
    }


def after_school_pupils(files: Mapping[str, bytes]) -> Figures:
    return {
        (period, area, None): (sum(int(row["participants"]) for row in sent), sum(int(row["pupils"]) for row in sent))
        for period, area, _institutions, sent in after_school_of(files)
    }


def special_education(files: Mapping[str, bytes]) -> Figures:
    ways = ("special_schools", "ordinary_classes", "special_classes", "home_taught")
    return {
        (int(row["school_year"]), row["area"], None): (sum(int(row[way]) for way in ways), int(row["children"]))
        for row in rows(files, "special_education")
    }
