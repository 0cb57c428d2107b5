"""All sample files from one seed: the same bytes on every machine."""

from random import Random

from data.samples import exams, kindergartens, schools
from data.samples.frame import DISTRICTS, WHOLE, YEARS, Row, to_csv

INSTITUTION = (
    "institution_id",
    "valid_from",
    "name",
    "area",
    "kind",
    "ownership",
    "recognised_from",
    "recognised_to",
    "main_urban",
    "closed_on",
)
ENROLMENT = ("school_year", "institution_id", "stage", "pupils", "classes")
POPULATION = ("year", "area", "age", "persons")
EXAM = (
    "exam_id",
    "subject",
    "exam_name",
    "held_on",
    "stage",
    "grade",
    "full_marks",
    "excellent_share",
    "good_share",
    "pass_share",
    "low_share",
)
EXAM_RESULT = ("exam_id", "subject", "student_id", "institution_id", "class", "track", "score")

# Children in kindergarten, of any age, over the population aged 3 to 5.
GROSS_ENROLMENT = {
    "主城区": (0.801, 0.822, 0.838, 0.861, 0.884, 0.902),
    "信都区": (0.812, 0.834, 0.851, 0.872, 0.893, 0.911),
    "襄都区": (0.786, 0.801, 0.818, 0.839, 0.846, 0.868),
    "开发区": (0.842, 0.871, 0.903, 0.941, 0.982, 1.012),
}
AGE_SHARES = (0.32, 0.33)


def files(seed: int = 2020) -> dict[str, bytes]:
    """File name → CSV, in the order in which they must be published. Encodings differ, as those of offices do."""
    random = Random(seed)
    all_schools = schools.schools(random)
    all_kindergartens = kindergartens.kindergartens(random, schools.attached_children(all_schools))
    pupils = exams.pupils(random, all_schools)
    register = [row for one in all_kindergartens for row in kindergartens.register_rows(one)]
    register += [schools.register_row(one) for one in all_schools]
    returns = [row for one in all_kindergartens for row in kindergartens.enrolment_rows(one)]
    returns += [row for one in all_schools for row in schools.enrolment_rows(one)]
    return {
        "institution.csv": to_csv(INSTITUTION, register, "utf-8-sig"),
        "enrolment.csv": to_csv(ENROLMENT, returns, "gb18030"),
        "population.csv": to_csv(POPULATION, _population(all_kindergartens, all_schools)),
        "exam.csv": to_csv(EXAM, exams.exam_rows()),
        "exam_result.csv": to_csv(EXAM_RESULT, exams.result_rows(random, pupils)),
    }


def _population(own: list[kindergartens.Kindergarten], all_schools: list[schools.School]) -> list[Row]:
    """Persons aged 3, 4 and 5. 主城区 has its own rows: it is not the sum of the districts."""
    rows: list[Row] = []
    for position, year in enumerate(YEARS):
        for area in (WHOLE, *DISTRICTS):
            children = sum(
                one.children[position] or 0 for one in own if area in (one.district, WHOLE if one.main_urban else "")
            )
            children += sum(
                one.pupils["学前"][position]
                for one in all_schools
                if "学前" in one.pupils and area in (one.district, WHOLE if one.main_urban else "")
            )
            persons = round(children / GROSS_ENROLMENT[area][position])
            first, second = (round(persons * share) for share in AGE_SHARES)
            rows += [
                (year, area, age, count)
                for age, count in zip((3, 4, 5), (first, second, persons - first - second), strict=True)
            ]
    return rows
