"""All sample files from one seed: the same seed gives the same bytes on every machine."""

from random import Random

from data.samples import (
    accountability,
    compulsory,
    construction,
    exams,
    excellence,
    incentives,
    items,
    kindergartens,
    meetings,
    population,
    preschool,
    research,
    schools,
    senior,
    steering,
)
from data.samples.city import City
from data.samples.frame import Row, to_csv

INSTITUTION = (
    "institution_id", "valid_from", "name", "area", "kind", "ownership",
    "recognised_from", "recognised_to", "main_urban", "key_senior", "closed_on",
)  # fmt: skip
ENROLMENT = ("school_year", "institution_id", "stage", "pupils", "classes")
POPULATION = ("year", "area", "age", "persons")
EXAM = (
    "exam_id", "subject", "exam_name", "held_on", "stage", "grade", "full_marks",
    "excellent_share", "good_share", "pass_share", "low_share", "top_line", "reference_mean", "weak_band",
    "cohort", "series", "entry_exam_id", "assigned_rule",
)  # fmt: skip
EXAM_LINE = ("exam_id", "line_name", "track", "mark", "borderline")
EXAM_ROLL = ("exam_id", "institution_id", "roll")
EXAM_RESULT = ("exam_id", "subject", "student_id", "institution_id", "class", "track", "score")

# The parts of the plan, each with the files of its own datasets.
GROUPS = (
    construction,
    senior,
    excellence,
    research,
    incentives,
    accountability,
    compulsory,
    preschool,
    steering,
    meetings,
)


def files(seed: int = 2020) -> dict[str, bytes]:
    """File name -> CSV bytes, in the order in which they must be published. Encodings differ, as those of offices do."""
    # A sequence of chances for each part: a change to one part leaves the others as they were.
    city = City(kindergartens.kindergartens(Random(seed)), schools.schools(Random(seed + 1)))
    people = population.population_rows(Random(seed + 2))
    chances = Random(seed + 3)
    cohort = exams.pupils(chances, city.schools)
    results = exams.result_rows(chances, cohort)
    found = {
        "institution.csv": to_csv(INSTITUTION, _register(city), "utf-8-sig"),
        "enrolment.csv": to_csv(ENROLMENT, _returns(city), "gb18030"),
        "population.csv": to_csv(POPULATION, people),
        "exam.csv": to_csv(EXAM, exams.exam_rows()),
        "exam_line.csv": to_csv(EXAM_LINE, exams.line_rows()),
        "exam_roll.csv": to_csv(EXAM_ROLL, exams.roll_rows(cohort)),
        "exam_result.csv": to_csv(EXAM_RESULT, results),
    }
    found |= items.files(Random(seed + 100), results)
    for number, group in enumerate(GROUPS, start=4):
        found |= group.files(Random(seed + number), city)
    return found


def _register(city: City) -> list[Row]:
    rows = [row for one in city.kindergartens for row in kindergartens.register_rows(one)]
    return rows + [schools.register_row(one) for one in city.schools]


def _returns(city: City) -> list[Row]:
    """The yearly returns, one year after the other as they came in."""
    rows = [row for one in city.kindergartens for row in kindergartens.enrolment_rows(one)]
    rows += [row for one in city.schools for row in schools.enrolment_rows(one)]
    # Sorting is stable: within a year the institutions stay in the order of their number.
    return sorted(rows, key=lambda row: str(row[0]))
