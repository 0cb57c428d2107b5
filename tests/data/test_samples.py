"""The invented sample data: whole, repeatable, and telling the story that the dashboard must show."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from data import prepare
from data.contract import contracts
from data.samples.generate import files
from data.store import Store

ENCODINGS = {"institution.csv": "utf-8-sig", "enrolment.csv": "gb18030"}
PUBLIC = ("教育部门办", "其他部门办", "地方企业办", "事业单位办", "部队办", "集体办")
YEARS = range(2017, 2023)
DISTRICTS = ("信都区", "襄都区", "开发区")

Record = dict[str, str]

FILES = files()
ROWS = {
    name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(content.decode(ENCODINGS.get(name, "utf-8")))))
    for name, content in FILES.items()
}
HISTORY: dict[str, list[Record]] = {}
for entry in ROWS["institution"]:
    HISTORY.setdefault(entry["institution_id"], []).append(entry)


def children(area: str, year: int) -> Iterator[tuple[int, str]]:
    """Children and what they count as, public, inclusive or neither, for every preschool return of the area."""
    day = f"{year}-09-01"
    for row in ROWS["enrolment"]:
        if row["stage"] == "学前" and row["school_year"] == str(year):
            held = [entry for entry in HISTORY[row["institution_id"]] if entry["valid_from"] <= day][-1]
            if area == held["area"] or (area == "主城区" and held["main_urban"] == "是"):
                yield int(row["pupils"]), counts_as(held, day)


def counts_as(entry: Record, day: str) -> str:
    if entry["ownership"] in PUBLIC:
        return "public"
    recognised = entry["recognised_from"] <= day <= (entry["recognised_to"] or "9999")
    return "inclusive" if entry["ownership"] == "普惠性民办" and recognised else "neither"


def percent(area: str, year: int, *wanted: str) -> Fraction:
    found = list(children(area, year))
    return Fraction(100 * sum(count for count, what in found if what in wanted), sum(count for count, _ in found))


def inclusive(area: str, year: int) -> Fraction:
    return percent(area, year, "public", "inclusive")


def gross_enrolment(area: str, year: int) -> Fraction:
    persons = [int(row["persons"]) for row in ROWS["population"] if (row["area"], row["year"]) == (area, str(year))]
    assert len(persons) == 3
    return Fraction(100 * sum(count for count, _ in children(area, year)), sum(persons))


def institutions(kind: str) -> list[Record]:
    return [entries[0] for entries in HISTORY.values() if entries[0]["kind"] == kind]


def test_the_same_seed_gives_the_same_bytes() -> None:
    first = ("institution", "enrolment", "population", "exam", "exam_line", "exam_roll", "exam_result")
    assert list(FILES)[:7] == [f"{name}.csv" for name in first]
    assert {"honour.csv", "community.csv", "school_recognition.csv"} <= set(FILES)
    assert {"researcher.csv", "researcher_term.csv", "monitoring_report.csv"} <= set(FILES)
    assert files() == FILES
    assert files(1)["enrolment.csv"] != FILES["enrolment.csv"]


def test_files_are_encoded_as_offices_send_them() -> None:
    assert FILES["institution.csv"].startswith(b"\xef\xbb\xbf")
    with pytest.raises(UnicodeDecodeError):
        FILES["enrolment.csv"].decode("utf-8")


@pytest.mark.parametrize("dataset", list(ROWS))
def test_headers_are_names_of_the_contract_in_its_order(dataset: str) -> None:
    fields = contracts()[dataset].fields
    header = list(ROWS[dataset][0])
    assert header == [field.name for field in fields if field.name in header]
    assert {field.name for field in fields if field.constraints.required} <= set(header)


@pytest.mark.parametrize("dataset", list(ROWS))
def test_primary_keys_are_unique(dataset: str) -> None:
    keys = [tuple(row[field] for field in contracts()[dataset].primaryKey) for row in ROWS[dataset]]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("dataset", list(ROWS))
def test_every_foreign_key_holds(dataset: str) -> None:
    area_file = (prepare.REFERENCE_FOLDER / "area.csv").read_text("utf-8-sig")
    rows = ROWS | {"area": list(csv.DictReader(io.StringIO(area_file)))}
    for key in contracts()[dataset].foreignKeys:
        known = {tuple(row[field] for field in key.reference.fields) for row in rows[key.reference.resource]}
        named = {tuple(row[field] for field in key.fields) for row in rows[dataset]}
        assert named - {("",) * len(key.fields)} <= known, "what is left empty refers to nothing"


def test_every_file_passes_its_contract(store: Store) -> None:
    told: list[str] = []
    prepare.add_samples(store, told.append)
    assert len(told) == len(FILES)
    assert prepare.sample_datasets(store) == set(ROWS)


def test_there_are_as_many_institutions_as_a_city_has() -> None:
    numbers = Counter(entries[0]["kind"] for entries in HISTORY.values())
    assert numbers == {"幼儿园": 280, "小学": 120, "初中": 46, "九年一贯制学校": 4, "高中": 17, "完全中学": 3}


@pytest.mark.parametrize(("district", "low", "high"), [("信都区", 15, 20), ("襄都区", 15, 20), ("开发区", 1, 8)])
def test_some_institutions_lie_outside_the_main_urban_area(district: str, low: int, high: int) -> None:
    flags = [entries[0]["main_urban"] for entries in HISTORY.values() if entries[0]["area"] == district]
    assert low <= Fraction(100 * flags.count("否"), len(flags)) <= high


def test_names_are_invented_and_unique() -> None:
    names = [entries[0]["name"] for entries in HISTORY.values()]
    assert all(name.startswith("示例") for name in names)
    assert len(set(names)) == len(names)
    assert all(len({entry["name"] for entry in entries}) == 1 for entries in HISTORY.values())


def test_codes_are_sorted_and_keep_their_leading_zeros() -> None:
    pupils = [[row["student_id"] for row in ROWS["exam_result"] if sat(row, exam, "语文")] for exam in exams()]
    for codes in (list(HISTORY), *pupils):
        assert codes == sorted(codes)
        assert all(len(code) == 10 and code.startswith("0") for code in codes)


def test_every_ownership_occurs_and_changes_both_ways() -> None:
    entries = ROWS["institution"]
    turns = {
        (before["ownership"], after["ownership"]) for history in HISTORY.values() for before, after in pairwise(history)
    }
    assert {entry["ownership"] for entry in entries} == {*PUBLIC, "普惠性民办", "非普惠民办"}
    assert {("非普惠民办", "普惠性民办"), ("普惠性民办", "集体办"), ("普惠性民办", "教育部门办")} <= turns
    assert ("普惠性民办", "非普惠民办") in turns


def test_changes_are_registered_on_1_september_or_shortly_before() -> None:
    for entry in ROWS["institution"]:
        assert entry["closed_on"] or "08-05" <= entry["valid_from"][5:] <= "09-01"


def test_recognition_belongs_to_inclusive_private_kindergartens_and_lapses_for_a_few() -> None:
    for entry in ROWS["institution"]:
        assert bool(entry["recognised_from"]) == (entry["ownership"] == "普惠性民办")
    assert sum(bool(entry["recognised_to"]) for entry in ROWS["institution"]) == 4


def test_no_institution_sends_a_return_before_it_opens_or_after_it_closes() -> None:
    for row in ROWS["enrolment"]:
        history, day = HISTORY[row["institution_id"]], f"{row['school_year']}-09-01"
        assert history[0]["valid_from"] <= day
        assert not history[-1]["closed_on"] or day < history[-1]["closed_on"]


def test_some_kindergartens_open_later_and_a_few_close() -> None:
    opened = [entry["valid_from"] for entry in institutions("幼儿园") if entry["valid_from"] > "2017-09-01"]
    assert {day[:4] for day in opened} == {"2018", "2019", "2020", "2021", "2022"}
    assert {day[4:] for day in opened} == {"-09-01"}
    assert sum(bool(entry["closed_on"]) for entry in ROWS["institution"]) == 5


def test_sizes_are_believable_and_move_slowly() -> None:
    before: dict[tuple[str, str], int] = {}
    for row in ROWS["enrolment"]:
        key, pupils = (row["institution_id"], row["stage"]), int(row["pupils"])
        assert abs(pupils - before.get(key, pupils)) <= 0.15 * before.get(key, pupils)
        before[key] = pupils
        if row["stage"] == "学前":
            kindergarten = HISTORY[row["institution_id"]][0]["kind"] == "幼儿园"
            assert (90 <= pupils <= 450) if kindergarten else (30 <= pupils <= 70)


def test_stages_are_those_of_the_kind_of_school() -> None:
    taught = {(HISTORY[row["institution_id"]][0]["kind"], row["stage"]) for row in ROWS["enrolment"]}
    one_stage = {("幼儿园", "学前"), ("小学", "学前"), ("小学", "小学"), ("初中", "初中"), ("高中", "高中")}
    combined = {("九年一贯制学校", "小学"), ("九年一贯制学校", "初中"), ("完全中学", "初中"), ("完全中学", "高中")}
    assert taught == one_stage | combined


@pytest.mark.parametrize(("stage", "low", "high"), [("小学", 43, 46), ("初中", 46, 50), ("高中", 51, 54.1)])
def test_classes_become_smaller_every_year(stage: str, low: float, high: float) -> None:
    sizes = []
    for year in YEARS:
        rows = [row for row in ROWS["enrolment"] if (row["stage"], row["school_year"]) == (stage, str(year))]
        sizes.append(Fraction(sum(int(row["pupils"]) for row in rows), sum(int(row["classes"]) for row in rows)))
    assert sizes == sorted(sizes, reverse=True)
    assert low <= sizes[-1] < sizes[0] <= high


@pytest.mark.parametrize(
    ("year", "low", "high"),
    [(2017, 66, 68), (2018, 69, 71), (2019, 73, 75), (2020, 81, 83), (2021, 83, 85), (2022, 85, 87)],
)
def test_inclusive_share_of_the_main_urban_area(year: int, low: int, high: int) -> None:
    assert low <= inclusive("主城区", year) <= high


@pytest.mark.parametrize(
    ("year", "low", "high"),
    [(2017, 34, 36), (2018, 37, 39), (2019, 42, 44), (2020, 50.3, 52), (2021, 51, 53), (2022, 48.5, 49.9)],
)
def test_public_share_of_the_main_urban_area_relapses(year: int, low: float, high: float) -> None:
    assert low <= percent("主城区", year, "public") <= high


def test_the_relapse_is_due_to_two_large_kindergartens() -> None:
    sold = [
        history[-1]["institution_id"]
        for history in HISTORY.values()
        if len(history) > 1 and history[-2]["ownership"] in PUBLIC and history[-1]["ownership"] not in PUBLIC
    ]
    returns = [row for row in ROWS["enrolment"] if row["institution_id"] in sold and row["school_year"] == "2022"]
    found = list(children("主城区", 2022))
    public = sum(count for count, what in found if what == "public") + sum(int(row["pupils"]) for row in returns)
    assert len(sold) == 2
    assert all(int(row["pupils"]) >= 400 for row in returns)
    assert Fraction(100 * public, sum(count for count, _ in found)) > 50


def test_inclusive_share_of_the_districts() -> None:
    assert inclusive("信都区", 2020) >= 82
    assert inclusive("开发区", 2020) >= 80
    assert 74 <= inclusive("襄都区", 2020) <= 78
    assert inclusive("襄都区", 2020) < inclusive("襄都区", 2022) < 80
    assert inclusive("襄都区", 2022) >= Fraction("78.5")


def test_gross_enrolment_rises() -> None:
    course = [gross_enrolment("主城区", year) for year in YEARS]
    assert course == sorted(course)
    assert 79 <= course[0] <= 81
    assert 89 <= course[-1] <= 91
    assert all(78 <= gross_enrolment(district, year) <= 96 for district in DISTRICTS for year in YEARS)


def test_the_main_urban_population_is_not_the_sum_of_the_districts() -> None:
    persons = {(row["year"], row["area"], row["age"]): int(row["persons"]) for row in ROWS["population"]}
    for year in YEARS:
        for age in "345":
            whole = persons[str(year), "主城区", age]
            assert whole < sum(persons[str(year), district, age] for district in DISTRICTS)


def test_three_exams_are_of_a_whole_cohort_and_eleven_of_a_few_of_its_pupils() -> None:
    assert len(exams()) == 14
    assert {row["subject"] for row in ROWS["exam"] if row["full_marks"] == "150"} == {"语文", "数学", "英语"}
    assert all(date.fromisoformat(row["held_on"]).strftime("%Y-%m") == row["exam_id"][:7] for row in ROWS["exam"])
    cohorts = [{row["student_id"] for row in ROWS["exam_result"] if row["exam_id"] == exam} for exam in WHOLE_EXAMS]
    assert cohorts[0] == cohorts[1] == cohorts[2]
    assert 1900 <= len(cohorts[0]) <= 2100
    for exam in set(exams()) - set(WHOLE_EXAMS):
        rows = [row for row in ROWS["exam_result"] if row["exam_id"] == exam]
        assert {row["subject"] for row in rows} == {"语文", "数学", "英语"}
        assert {row["student_id"] for row in rows} < cohorts[0]
        by_school = Counter(row["institution_id"] for row in rows if row["subject"] == "语文")
        assert len(by_school) == 20 and all(8 <= pupils <= 20 for pupils in by_school.values())
    assert len(ROWS["exam_result"]) < 75_000


# The exams that all pupils sat in all their subjects.
WHOLE_EXAMS = ("2021-11-G2", "2022-03-G2", "2022-11-G3")


def exams() -> list[str]:
    return sorted({row["exam_id"] for row in ROWS["exam"]})


def sat(row: Record, exam: str, subject: str) -> bool:
    return (row["exam_id"], row["subject"]) == (exam, subject)


def score_rates(subject: str) -> list[Fraction]:
    """The city's mean as a share of full marks, exam by exam."""
    rates = []
    for exam in exams():
        [full] = [int(row["full_marks"]) for row in ROWS["exam"] if sat(row, exam, subject)]
        marks = [row["score"] for row in ROWS["exam_result"] if sat(row, exam, subject)]
        given = [Fraction(mark) for mark in marks if mark not in ("缺考", "免考", "")]
        rates.append(sum(given) / len(given) / full)
    return rates


def test_one_exam_stands_out_and_one_subject_stays_above_what_it_was() -> None:
    mathematics, english, chinese = (score_rates(subject) for subject in ("数学", "英语", "语文"))
    assert exams()[mathematics.index(min(mathematics))] == "2021-05-G1"
    assert sorted(mathematics)[1] - min(mathematics) > Fraction(8, 100)
    assert min(english[-7:]) > sum(english) / len(english)
    assert max(chinese) - min(chinese) < Fraction(4, 100)


def test_every_pupil_sits_six_subjects_of_the_track() -> None:
    taken: dict[tuple[str, str], list[str]] = {}
    for row in ROWS["exam_result"]:
        if row["exam_id"] in WHOLE_EXAMS:
            taken.setdefault((row["exam_id"], row["student_id"]), []).append(row["subject"])
            assert row["subject"] not in {"物理类": "历史", "历史类": "物理"}[row["track"]]
        assert (row["track"] == "") == row["class"].startswith("高一")
    for subjects in taken.values():
        assert len(set(subjects)) == len(subjects) == 6
        assert {"语文", "数学", "英语"} < set(subjects)


def test_scores_are_half_marks_within_the_paper_and_gaps_are_written_as_schools_do() -> None:
    full = {(row["exam_id"], row["subject"]): int(row["full_marks"]) for row in ROWS["exam"]}
    gaps: Counter[str] = Counter()
    for row in ROWS["exam_result"]:
        if row["score"] in ("缺考", "免考", ""):
            gaps[row["score"]] += 1
        else:
            assert 0 <= float(row["score"]) <= full[row["exam_id"], row["subject"]]
            assert float(row["score"]) * 2 % 1 == 0
    assert 0.012 <= gaps["缺考"] / len(ROWS["exam_result"]) <= 0.018
    assert 30 <= gaps["免考"] <= 200
    assert 30 <= gaps[""] <= 200


def test_classes_carry_the_grade_of_the_exam() -> None:
    grades = {row["exam_id"]: row["grade"] for row in ROWS["exam"]}
    assert all(row["class"].startswith(f"{grades[row['exam_id']]}(") for row in ROWS["exam_result"])
