"""All sample files from one seed: the same seed gives the same bytes on every machine."""

from random import Random

from data.samples import exams, kindergartens, population, schools
from data.samples.frame import Row, to_csv

INSTITUTION = (
    "institution_id", "valid_from", "name", "area", "kind", "ownership",
    "recognised_from", "recognised_to", "main_urban", "closed_on",
)  # fmt: skip
ENROLMENT = ("school_year", "institution_id", "stage", "pupils", "classes")
POPULATION = ("year", "area", "age", "persons")
EXAM = (
    "exam_id", "subject", "exam_name", "held_on", "stage", "grade", "full_marks",
    "excellent_share", "good_share", "pass_share", "low_share",
)  # fmt: skip
EXAM_RESULT = ("exam_id", "subject", "student_id", "institution_id", "class", "track", "score")


def files(seed: int = 2020) -> dict[str, bytes]:
    """File name -> CSV bytes, in the order in which they must be published. Encodings differ, as those of offices do."""
    # A sequence of chances for each part: a change to one part leaves the others as they were.
    own_kindergartens = kindergartens.kindergartens(Random(seed))
    own_schools = schools.schools(Random(seed + 1))
    people = population.population_rows(Random(seed + 2))
    chances = Random(seed + 3)
    results = exams.result_rows(chances, exams.pupils(chances, own_schools))
    return {
        "institution.csv": to_csv(INSTITUTION, _register(own_kindergartens, own_schools), "utf-8-sig"),
        "enrolment.csv": to_csv(ENROLMENT, _returns(own_kindergartens, own_schools), "gb18030"),
        "population.csv": to_csv(POPULATION, people),
        "exam.csv": to_csv(EXAM, exams.exam_rows()),
        "exam_result.csv": to_csv(EXAM_RESULT, results),
    }


def _register(own: list[kindergartens.Kindergarten], others: list[schools.School]) -> list[Row]:
    rows = [row for one in own for row in kindergartens.register_rows(one)]
    return rows + [schools.register_row(one) for one in others]


def _returns(own: list[kindergartens.Kindergarten], others: list[schools.School]) -> list[Row]:
    """The yearly returns, one year after the other as they came in."""
    rows = [row for one in own for row in kindergartens.enrolment_rows(one)]
    rows += [row for one in others for row in schools.enrolment_rows(one)]
    # Sorting is stable: within a year the institutions stay in the order of their number.
    return sorted(rows, key=lambda row: str(row[0]))
