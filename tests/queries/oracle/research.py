"""The indicators of data/samples/research.py, computed a second time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from statistics import median

from tests.queries.oracle.base import WHOLE, Figures, areas_of, entry_on, exams_of_the_nearest_cohort, histories, rows

CITY = "邢台市"
Row = dict[str, str]


def figures(files: Mapping[str, bytes]) -> dict[str, Figures]:
    """Indicator → its figures for every period, area and part."""
    quotas: dict[str, dict[str, int]] = {
        "researcher_lessons_observed": {"lessons_observed": 80},
        "researcher_activities": {"activities": 15},
        "researcher_mentees": {"mentees": 10},
        "researcher_quotas": {"lessons_observed": 80, "activities": 15, "mentees": 10},
    }
    return {
        "researcher_posts_filled": posts(rows(files, "researcher")),
        **{name: reached(rows(files, "researcher_term"), quota) for name, quota in quotas.items()},
        "monitoring_reports_on_time": on_time(rows(files, "monitoring_report")),
        "joint_exam_turnaround": turnaround(rows(files, "exam"), rows(files, "monitoring_report")),
        "weak_subjects": weak_subjects(files),
    }


def by_place(
    listed: Iterable[Row], period: Callable[[Row], int], part: Callable[[Row], str | None]
) -> dict[tuple[int, str, str | None], list[Row]]:
    """The rows of every (period, area, part), the city's and all districts' rows under the whole."""
    groups: dict[tuple[int, str, str | None], list[Row]] = defaultdict(list)
    for row in listed:
        for area in (WHOLE,) if row["area"] == CITY else (row["area"], WHOLE):
            for one in {None, part(row)}:
                groups[period(row), area, one].append(row)
    return groups


def posts(listed: list[Row]) -> Figures:
    groups = by_place(listed, lambda row: int(row["year"]), lambda row: "city" if row["area"] == CITY else "district")
    found: Figures = {}
    for place, group in groups.items():
        wanted = [row for row in group if row["area"] == CITY or row["stage"] == "初中"]
        found[place] = (sum(bool(row["person_id"]) for row in wanted), len(wanted))
    return found


def reached(listed: list[Row], quota: Mapping[str, int]) -> Figures:
    groups = by_place(listed, lambda row: int(row["school_year"] + "12"[row["term"] == "第二学期"]), lambda _row: None)
    found: Figures = {}
    for place, group in groups.items():
        present = [row for row in group if row["on_duty"] == "是"]
        enough = [row for row in present if all(int(row[name]) >= least for name, least in quota.items())]
        found[place] = (len(enough), len(present))
    return found


def on_time(listed: list[Row]) -> Figures:
    kinds = {"质量监测报告": "monitoring", "联考分析报告": "analysis"}
    groups = by_place(listed, lambda row: int(row["year"]), lambda row: kinds[row["kind"]])
    return {
        place: (sum("" < row["published_on"] <= row["due_on"] for row in group), len(group))
        for place, group in groups.items()
    }


def turnaround(exams: list[Row], reports: list[Row]) -> Figures:
    """The median over the exams of a day, as a fraction; the sample's exams each have a day of their own."""
    last = {
        exam: max(row["held_on"] for row in exams if row["exam_id"] == exam) for exam in {r["exam_id"] for r in exams}
    }
    days: dict[tuple[str, str], dict[str, int | None]] = defaultdict(dict)
    for row in reports:
        if row["exam_id"]:
            area, day = (WHOLE if row["area"] == CITY else row["area"]), last[row["exam_id"]]
            took = (
                (date.fromisoformat(row["published_on"]) - date.fromisoformat(day)).days
                if row["published_on"]
                else None
            )
            others = [one for one in (days[day, area].get(row["exam_id"]), took) if one is not None]
            days[day, area][row["exam_id"]] = min(others, default=None)
    found: Figures = {}
    for (day, area), by_exam in days.items():
        known = [one for one in by_exam.values() if one is not None]
        middle = median(known) * (2 - len(known) % 2) if known else None
        sides = (int(middle), 2 - len(known) % 2) if middle is not None else (None, None)
        found[int(day.replace("-", "")), area, None] = sides
    return found


def weak_subjects(files: Mapping[str, bytes]) -> Figures:
    """Means as fractions of every pupil's own mark."""
    papers = {(row["exam_id"], row["subject"]): row for row in rows(files, "exam")}
    compared = exams_of_the_nearest_cohort(papers.values(), "reference_mean")
    history = histories(files)
    marks: dict[tuple[str, str, str], list[Fraction]] = defaultdict(list)
    for row in rows(files, "exam_result"):
        if row["exam_id"] in compared and row["score"] not in ("", "缺考", "免考"):
            held = papers[row["exam_id"], row["subject"]]["held_on"]
            for area in areas_of(entry_on(held, history[row["institution_id"]])):
                marks[row["exam_id"], row["subject"], area].append(Fraction(row["score"]))
    last: dict[str, str] = defaultdict(str)
    for (exam, _subject), paper in papers.items():
        last[exam] = max(last[exam], paper["held_on"])
    weak: dict[tuple[int, str], list[bool | None]] = defaultdict(list)
    for (exam, subject, area), given in marks.items():
        paper = papers[exam, subject]
        verdict = None
        if paper["reference_mean"] and paper["weak_band"] and len(given) >= 10:
            line = Fraction(paper["reference_mean"]) - Fraction(paper["weak_band"]) * Fraction(paper["full_marks"])
            verdict = sum(given) / len(given) < line
        weak[int(last[exam].replace("-", "")), area].append(verdict)
    return {
        (*place, None): (None if set(verdicts) == {None} else verdicts.count(True), None)
        for place, verdicts in weak.items()
    }
