"""The indicators of data/samples/senior.py, computed a second time (clauses 4 to 9)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from tests.queries.oracle.base import (
    Figures,
    areas_of,
    entry_on,
    exams_of_the_nearest_cohort,
    histories,
    rows,
    running,
)

PLAN_YEARS = (2020, 2021, 2022)
SENIOR = {"完全中学", "高中", "十二年一贯制学校"}
LED = {*SENIOR, "初中", "九年一贯制学校"}
FORMS = {("高一", "班级培养"), ("高二", "小组培养"), ("高三", "一对一培养")}
PARTS = {"科技创新": "science", "体育": "sport", "艺术": "art"}

Files = Mapping[str, bytes]
Record = dict[str, str]


def figures(files: Files) -> dict[str, Figures]:
    """Indicator → its figures for every period, area and part."""
    return {
        "senior_funding_per_pupil": senior_funding_per_pupil(files),
        "top_pupil_base": top_pupil_base(files),
        "top_pupil_mentoring": top_pupil_mentoring(files),
        "top_junior_retention": top_junior_retention(files),
        "top_junior_outflow": top_junior_outflow(files),
        "competition_awards": competition_awards(files),
        "admissions_first_class": admissions_first_class(files),
        "speciality_schools": speciality_schools(files),
        "senior_partnerships": senior_partnerships(files),
        "recruited_leaders": recruited_leaders(files),
        "schools_with_leader": schools_with_leader(files),
    }


def of_school(files: Files) -> Callable[[str, str], Record]:
    """(institution, day) → its entry of the register on the day."""
    history = histories(files)
    return lambda institution, day: entry_on(day, history[institution])


def by_year_and_area(
    files: Files, dataset: str, period: str = "year", key_only: bool = False
) -> dict[tuple[int, str], list[Record]]:
    """The rows of a dataset under every area that their school counts in at the end of the year."""
    entry = of_school(files)
    found: dict[tuple[int, str], list[Record]] = defaultdict(list)
    for row in rows(files, dataset):
        school = entry(row["institution_id"], f"{row[period]}-12-31")
        for area in areas_of(school) if school["key_senior"] == "是" or not key_only else ():
            found[int(row[period]), area].append(row)
    return found


def institutions(files: Files, year: int, area: str, kinds: Iterable[str] = ()) -> set[str]:
    """What runs at the end of a year in an area; all kinds where none is named."""
    wanted = set(kinds)
    listed = [one for one in running(files, f"{year}-12-31") if area in areas_of(one)]
    return {one["institution_id"] for one in listed if not wanted or one["kind"] in wanted}


def senior_funding_per_pupil(files: Files) -> Figures:
    pupils = {
        (row["school_year"], row["institution_id"]): int(row["pupils"])
        for row in rows(files, "enrolment")
        if row["stage"] == "高中"
    }
    found: Figures = {}
    for (year, area), group in by_year_and_area(files, "funding", key_only=True).items():
        both = {row["institution_id"] for row in group if (row["year"], row["institution_id"]) in pupils}
        money = sum(int(row["amount"]) for row in group if row["institution_id"] in both)
        found[year, area, None] = (money, sum(pupils[str(year), one] for one in both))
    return found


def top_pupil_base(files: Files) -> Figures:
    compared = exams_of_the_nearest_cohort(rows(files, "exam"), "top_line")
    lines = {row["exam_id"]: row for row in rows(files, "exam") if row["exam_id"] in compared and row["top_line"]}
    totals: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in rows(files, "exam_result"):
        mark = row["score"] if row["score"].replace(".", "").isdigit() else "0"
        totals[row["exam_id"], row["institution_id"], row["student_id"]] += float(mark)
    entry = of_school(files)
    found: dict[tuple[int, str], int] = defaultdict(int)
    for (exam, institution, _pupil), total in totals.items():
        if exam in lines:
            held_on = lines[exam]["held_on"]
            for area in areas_of(entry(institution, held_on)):
                found[int(held_on.replace("-", "")), area] += total >= float(lines[exam]["top_line"])
    return {(*place, None): (count, None) for place, count in found.items()}


def top_pupil_mentoring(files: Files) -> Figures:
    key = {row["institution_id"] for row in rows(files, "institution") if row["key_senior"] == "是"}
    found: Figures = {}
    for (year, area), group in by_year_and_area(files, "mentoring", "school_year").items():
        forms: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in group:
            if row["running"] == "是":
                forms[row["institution_id"]].add((row["grade"], row["form"]))
        schools = institutions(files, year, area) & key
        found[year, area, None] = (sum(forms[one] >= FORMS for one in schools), len(schools))
    return found


def top_junior_retention(files: Files) -> Figures:
    return {
        (*place, None): (sum(int(row["stayed"]) for row in group), sum(int(row["top_leavers"]) for row in group))
        for place, group in by_year_and_area(files, "retention").items()
    }


def top_junior_outflow(files: Files) -> Figures:
    """The sample's schools all say where their leavers went."""
    found: Figures = {}
    for place, group in by_year_and_area(files, "retention").items():
        top, stayed, left, otherwise = (
            sum(int(row[column]) for row in group) for column in ("top_leavers", "stayed", "left_city", "otherwise")
        )
        parts = {None: left, "left_city": left, "otherwise": otherwise, "stayed": stayed}
        found |= {(*place, part): (count, top) for part, count in parts.items()}
    return found


def competition_awards(files: Files) -> Figures:
    found: Figures = {}
    for place, group in by_year_and_area(files, "award").items():
        counted: dict[str | None, int] = defaultdict(int)
        for row in group:
            counted[None] += int(row["awards"])
            counted[PARTS.get(row["discipline"], "subjects")] += int(row["awards"])
        found |= {(*place, part): (count, None) for part, count in counted.items()}
    return found


def admissions_first_class(files: Files) -> Figures:
    found: Figures = {}
    for place, group in by_year_and_area(files, "admission").items():
        every, top = (sum(int(row[column]) for row in group) for column in ("first_class", "tsinghua_peking"))
        found |= {
            (*place, part): (count, None)
            for part, count in ((None, every), ("tsinghua_peking", top), ("other", every - top))
        }
    return found


def speciality_schools(files: Files) -> Figures:
    listed, entry = rows(files, "speciality"), of_school(files)
    found: Figures = {}
    for year in PLAN_YEARS:
        day = f"{year}-12-31"
        for area in {area for row in listed for area in areas_of(entry(row["institution_id"], day))}:
            schools = institutions(files, year, area)
            named = [row for row in listed if row["institution_id"] in schools and row["named_in_plan"] == "是"]
            recognised = {row["institution_id"] for row in named if "" < row["recognised_on"] <= day}
            found[year, area, None] = (len(recognised), len({row["institution_id"] for row in named}))
    return found


def senior_partnerships(files: Files) -> Figures:
    outside = [row for row in rows(files, "partnership") if row["partner_place"] in ("省内市外", "省外")]
    return _in_force(files, "partnership", outside, "signed_on", "ends_on", SENIOR)


def schools_with_leader(files: Files) -> Figures:
    return _in_force(files, "leader_assignment", rows(files, "leader_assignment"), "assigned_on", "ended_on", LED)


def _in_force(files: Files, dataset: str, counting: list[Record], begins: str, ends: str, kinds: set[str]) -> Figures:
    """Schools of the kinds with a counting row in force at the end of a year, of areas with any row by then."""
    found: Figures = {}
    for year in PLAN_YEARS:
        day = f"{year}-12-31"
        areas = {
            area
            for row in rows(files, dataset)
            if row[begins] <= day
            for area in areas_of(entry_on(day, histories(files)[row["institution_id"]]))
        }
        held = {row["institution_id"] for row in counting if row[begins] <= day <= (row[ends] or "9999")}
        for area in areas:
            schools = institutions(files, year, area, kinds)
            found[year, area, None] = (len(schools & held), len(schools))
    return found


def recruited_leaders(files: Files) -> Figures:
    found: Figures = {}
    for place, group in by_year_and_area(files, "recruitment").items():
        found[(*place, None)] = (len(group), None)
        for part, posts in {"principals": ("校长", "副校长"), "teachers": ("教师",)}.items():
            came = sum(row["post"] in posts for row in group)
            if came:
                found[(*place, part)] = (came, None)
    return found
