"""The indicators of data/samples/construction.py, computed a second time. Days are text, as in the files: 2020-09-01.

The sample registers end with 2022, and the tests run later: every year's state is that of its 31 December.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from tests.queries.oracle.base import Figures, areas_of, entry_on, histories, ownership, rows

Row = Mapping[str, str]

YEARS = (2020, 2021, 2022)
PHASES = ("in_use", "built", "building", "not_started")
GOOD_STARTS = ("名校带新校", "集团化办学", "联合办学", "选派校长")
ITEMS = ("teachers_ready_on", "special_rooms_ready_on", "books_ready_on", "instruments_ready_on")


def figures(files: Mapping[str, bytes]) -> dict[str, Figures]:
    """Indicator → its figures for every period, area and part."""
    projects = rows(files, "project")
    return {
        "projects_completed": projects_completed(projects),
        "projects_opened_autumn_2020": projects_opened_autumn_2020(projects),
        "attached_kindergartens_inclusive": attached_kindergartens_inclusive(files, projects),
        "projects_with_leader": projects_with_leader(projects, rows(files, "project_leader")),
        "new_school_readiness": new_school_readiness(projects, rows(files, "readiness")),
        "new_school_partnered": new_school_partnered(files, projects),
    }


def reached(day: str, by: str) -> bool:
    """Whether a day is known and has come."""
    return bool(day) and day <= by


def by_area(projects: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for one in projects:
        for area in areas_of(one):
            found[area].append(one)
    yield from found.items()


def phase(one: Row, day: str) -> str:
    if reached(one["completed_on"], day):
        return "in_use" if reached(one["opened_on"], day) else "built"
    return "building" if reached(one["started_on"], day) or reached(one["opened_on"], day) else "not_started"


def projects_completed(projects: list[Row]) -> Figures:
    found: Figures = {}
    for area, own in by_area(one for one in projects if one["in_plan"] == "是"):
        for year in (2019, *YEARS):
            day = f"{year}-12-31"
            phases = [phase(one, day) for one in own if not reached(one["cancelled_on"], day)]
            found[year, area, None] = (phases.count("in_use"), len(phases))
            for part in PHASES:
                found[year, area, part] = (phases.count(part), len(phases))
    return found


def projects_opened_autumn_2020(projects: list[Row]) -> Figures:
    found: Figures = {}
    built = (
        one
        for one in projects
        if reached(one["completed_on"], "2019-12-31") and not reached(one["cancelled_on"], "2020-09-30")
    )
    for area, own in by_area(built):
        fit = [one for one in own if reached(one["ready_on"], "2020-08-31")]
        found[2020, area, None] = (sum(reached(one["opened_on"], "2020-09-30") for one in fit), len(fit))
    return found


def attached_kindergartens_inclusive(files: Mapping[str, bytes], projects: list[Row]) -> Figures:
    found: Figures = {}
    register = histories(files)
    for area, own in by_area(one for one in projects if one["attached_kindergarten"] == "是"):
        for year in YEARS:
            day = f"{year}-12-31"
            open_ones = [one for one in own if reached(one["opened_on"], day) and not reached(one["cancelled_on"], day)]
            entries = {
                one["institution_id"]: entry_on(day, register[one["institution_id"]])
                for one in open_ones
                if one["institution_id"]
            }
            run_as = [ownership(entry, day) for entry in entries.values() if not reached(entry["closed_on"], day)]
            if open_ones:
                found[year, area, None] = (len(run_as) - run_as.count("private"), len(run_as))
                for part in ("public", "inclusive_private", "private"):
                    found[year, area, part] = (run_as.count(part), len(run_as))
    return found


def projects_with_leader(projects: list[Row], leaders: list[Row]) -> Figures:
    found: Figures = {}
    for area, own in by_area(projects):
        codes = {one["project_id"] for one in own}
        for year in YEARS:
            day = f"{year}-12-31"
            came = [one for one in leaders if one["project_id"] in codes and one["assigned_on"] <= day]
            leading = {one["project_id"] for one in came if not one["ended_on"] or one["ended_on"] >= day}
            unfinished = {
                one["project_id"]
                for one in own
                if not reached(one["opened_on"], day) and not reached(one["cancelled_on"], day)
            }
            if came:
                found[year, area, None] = (len(unfinished & leading), len(unfinished))
    return found


def half_a_year_later(day: str) -> str:
    """The same day six months on, or the last one of a shorter month."""
    year, month, of_month = map(int, day.split("-"))
    year, month = (year, month + 6) if month <= 6 else (year + 1, month - 6)
    return f"{year}-{month:02d}-{min(of_month, monthrange(year, month)[1]):02d}"


def new_school_readiness(projects: list[Row], readiness: list[Row]) -> Figures:
    reports = {one["project_id"]: one for one in readiness}
    found: Figures = {}
    for area, own in by_area(one for one in projects if one["handed_over_on"]):
        outcomes: dict[int, list[bool]] = defaultdict(list)
        for one in own:
            day = half_a_year_later(one["handed_over_on"])
            report = reports.get(one["project_id"])
            if day >= "2020" and not reached(one["cancelled_on"], day):
                outcomes[int(day[:4])] += [outcome for outcome in [_outcome(report, day)] if outcome is not None]
        if any(one["project_id"] in reports for one in own):
            for year, in_time in outcomes.items():
                found[year, area, None] = (sum(in_time), len(in_time))
    return found


def _outcome(report: Row | None, day: str) -> bool | None:
    """Whether everything was in place by the day; None where nobody can tell."""
    if report is None:
        return None
    days = [report[item] for item in ITEMS]
    if not all(days):
        return False if report["checked_on"] >= day else None
    return max(days) <= day


def new_school_partnered(files: Mapping[str, bytes], projects: list[Row]) -> Figures:
    register, partnerships = histories(files), rows(files, "partnership")
    found: Figures = {}
    for area, own in by_area(one for one in projects if one["kind"] != "幼儿园"):
        for year in YEARS:
            day = f"{year}-12-31"
            new = {
                one["institution_id"]
                for one in own
                if one["institution_id"] and reached(one["opened_on"], day) and not reached(one["cancelled_on"], day)
            }
            partnered = {
                one["institution_id"]
                for one in partnerships
                if one["form"] in GOOD_STARTS
                and one["signed_on"] <= day
                and (not one["ends_on"] or one["ends_on"] >= day)
            }
            if area in areas_of_partnerships(partnerships, register, day):
                found[year, area, None] = (len(new & partnered), len(new))
    return found


def areas_of_partnerships(
    partnerships: list[dict[str, str]], register: Mapping[str, list[dict[str, str]]], day: str
) -> set[str]:
    """The areas that have sent a partnership by a day."""
    sent = [one for one in partnerships if one["signed_on"] <= day]
    return {area for one in sent for entry in register[one["institution_id"]] for area in areas_of(entry)}
