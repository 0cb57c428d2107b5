"""Invented researchers, their terms, and monitoring reports (clauses 13 to 15 and 24).

The city's office fills its last posts in 2022, 襄都区 does not. Most researchers come up to the quotas of a term, slower
in 襄都区; 开发区 leaves a term out and falls back in the last. The analyses of joint exams come sooner and sooner, but
for one that took five weeks and one that never came.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from random import Random

from data.samples import exams
from data.samples.city import City
from data.samples.frame import DISTRICTS, Row, to_csv, yes_no

RESEARCHER = ("year", "area", "stage", "subject", "post", "person_id", "full_time")
TERM = (
    "school_year", "term", "person_id", "area", "stage", "subject", "on_duty", "lessons_observed", "activities", "mentees",
)  # fmt: skip
REPORT = ("year", "area", "report", "kind", "stage", "exam_id", "due_on", "made_on", "published_on")

CITY = "邢台市"
# The posts of an office, and how many of them are filled from which year on, in their order.
CITY_POSTS = (
    *(("高中", subject, 1) for subject in exams.SUBJECTS),
    *(("高中", subject, 2) for subject in exams.SHARED_SUBJECTS),
    *(("小学", subject, 1) for subject in exams.SHARED_SUBJECTS),
)
DISTRICT_POSTS = (
    *(("小学", subject, 1) for subject in exams.SHARED_SUBJECTS),
    *(("初中", subject, 1) for subject in ("语文", "数学", "英语", "物理", "化学", "政治", "历史")),
)
FILLED = {
    CITY: {2019: 10, 2020: 11, 2021: 13, 2022: 15},
    "信都区": {2019: 7, 2020: 8, 2021: 9, 2022: 10},
    "襄都区": {2019: 6, 2020: 6, 2021: 7, 2022: 8},
    "开发区": {2020: 7, 2021: 9, 2022: 10},
}
# School year and term; how far the lessons of an area's researchers lie about the 80 of the plan (None: no return).
TERMS = ((2019, "第二学期"), (2020, "第一学期"), (2020, "第二学期"), (2021, "第一学期"), (2021, "第二学期"))
MARGIN: dict[str, tuple[int | None, ...]] = {
    CITY: (-9, 4, 10, 16, 18),
    "信都区": (-8, 8, 14, 19, 25),
    "襄都区": (-20, -12, -8, -6, -4),
    "开发区": (-4, 9, None, 27, 8),
}
AWAY = 0.03

# Days from the last day of an exam to its analysis, in the order of time; None: it never came.
DAYS_TO_REPORT = (19, 17, 18, 16, 17, 15, 16, 14, 15, 36, 13, 12, None, 11)
DAYS_ALLOWED = 21
# Year, area and stage of the monitoring reports that came late (by so many days) or never; no row: not even planned.
LATE: dict[tuple[int, str, str], int | None] = {
    (2020, CITY, "初中"): 12,
    (2020, "襄都区", "小学"): None,
    (2020, "襄都区", "初中"): 40,
    (2021, "信都区", "初中"): 3,
    (2021, "襄都区", "初中"): None,
    (2022, "襄都区", "初中"): 9,
}
NOT_PLANNED = {(2020, "开发区")}
# A report is made so many days before it is published; this one was made so many days after it was due and kept back.
DAYS_TO_PUBLISH = 3
KEPT_BACK = {(2021, "襄都区", "初中"): 6}


def files(random: Random, city: City) -> dict[str, bytes]:
    """File name -> CSV bytes, in the order in which they must be published."""
    posts = list(_post_rows())
    return {
        "researcher.csv": to_csv(RESEARCHER, posts),
        "researcher_term.csv": to_csv(TERM, _term_rows(random, posts)),
        "monitoring_report.csv": to_csv(REPORT, [*_monitoring_rows(random), *_analysis_rows()]),
    }


def _post_rows() -> Iterator[Row]:
    """Every post keeps its number, and who fills it once stays."""
    numbers = count(1)
    people = {area: [f"J{next(numbers):04d}" for _post in _posts(area)] for area in (CITY, *DISTRICTS)}
    for year in (2019, 2020, 2021, 2022):
        for area, filled in FILLED.items():
            if year in filled:
                for position, (stage, subject, post) in enumerate(_posts(area)):
                    person = people[area][position] if position < filled[year] else None
                    yield year, area, stage, subject, post, person, yes_no(position % 6 != 5) if person else None


def _posts(area: str) -> tuple[tuple[str, str, int], ...]:
    return CITY_POSTS if area == CITY else DISTRICT_POSTS


def _term_rows(random: Random, posts: list[Row]) -> Iterator[Row]:
    """One row per term and researcher who fills a post in its year."""
    for position, (school_year, term) in enumerate(TERMS):
        year = school_year + (term == "第二学期")
        for post_year, area, stage, subject, _post, person, _full_time in posts:
            margin = MARGIN[str(area)][position]
            if post_year == year and person and margin is not None:
                yield school_year, term, person, area, stage, subject, *_work(random, margin)


def _work(random: Random, margin: int) -> tuple[str, int, int, int]:
    """Whether on duty, lessons, activities and mentees; who does much of one does much of all."""
    own = margin + random.gauss(0, 6)
    if random.random() < AWAY:
        return yes_no(False), 0, 0, 0
    lessons, activities = 80 + own + random.gauss(0, 4), 15 + own / 5 + random.gauss(0, 1)
    return yes_no(True), round(lessons), round(activities), round(10 + own / 7 + random.gauss(0, 0.8))


def _monitoring_rows(random: Random) -> Iterator[Row]:
    for year in (2020, 2021, 2022):
        for area in (CITY, *DISTRICTS):
            for stage, due in (("小学", date(year, 7, 20)), ("初中", date(year, 12, 10))):
                if (year, area) not in NOT_PLANNED:
                    late = LATE.get((year, area, stage), -random.randint(0, 12))
                    published = due + timedelta(days=late) if late is not None else None
                    yield (
                        year,
                        area,
                        f"示例{year}年{area}{stage}质量监测报告",
                        "质量监测报告",
                        stage,
                        None,
                        due,
                        _made(published, due, KEPT_BACK.get((year, area, stage))),
                        published,
                    )


def _analysis_rows() -> Iterator[Row]:
    """One analysis per joint exam, oldest first; English is written on the last day."""
    last_days = {str(row[0]): (str(row[2]), row[3]) for row in exams.exam_rows() if row[1] == "英语"}
    for (exam, (name, last_day)), days in zip(sorted(last_days.items()), DAYS_TO_REPORT, strict=True):
        if isinstance(last_day, date):
            published = last_day + timedelta(days=days) if days is not None else None
            due = last_day + timedelta(days=DAYS_ALLOWED)
            yield (
                last_day.year,
                CITY,
                f"示例{name}分析报告",
                "联考分析报告",
                "高中",
                exam,
                due,
                _made(published, due),
                published,
            )


def _made(published: date | None, due: date, kept_back: int | None = None) -> date | None:
    """When a report was made; None where it never was."""
    if published:
        return published - timedelta(days=DAYS_TO_PUBLISH)
    return due + timedelta(days=kept_back) if kept_back is not None else None
