"""A whole file: which dataset it is, what its header lacks, what is dropped at the door, and all its rows or none."""

import hashlib
import hmac
import json
from decimal import Decimal
from pathlib import Path

import pytest

from data import intake, pseudonym
from data.contract import contracts
from data.preview import FIRST_ROWS
from data.problem import Problem
from data.reading import read
from data.store import Store
from data.uploads import history

POPULATION = "年份,区域,年龄,人口数\n2020,信都区,3,5120\n2020,襄都区,3,4880\n"
MARKS_HEADER = "考试代码,科目,学号,学校代码,班级,分数\n"


def marks(*rows: tuple[str, str]) -> bytes:
    """A file of one paper: pupil and score."""
    lines = [f"2021-11-G3,数学,{pupil},3905000456,高三(1)班,{score}\n" for pupil, score in rows]
    return (MARKS_HEADER + "".join(lines)).encode()


def state(store: Store) -> tuple[object, ...]:
    """What a refused file must leave as it was."""
    with store.reading() as cursor:
        tables = ["upload", "upload_event", *(contract.table for contract in contracts().values())]
        counts = [cursor.execute(f"select count(*) from store.{table}").fetchone() for table in tables]
    return store.version, counts


def test_every_dataset_is_recognised_by_its_own_header(store: Store) -> None:
    for name, contract in contracts().items():
        for titles in ([field.title.zh for field in contract.fields], [field.title.en for field in contract.fields]):
            checked = intake.check(store, ",".join(titles).encode(), "file.csv")
            assert checked.dataset == name


def test_a_dataset_is_recognised_without_its_optional_columns(store: Store) -> None:
    assert intake.check(store, POPULATION.encode(), "file.csv").dataset == "population"
    assert intake.check(store, "学年,学校代码,学段,学生数\n".encode(), "file.csv").dataset == "enrolment"


@pytest.mark.parametrize(
    "header", ["a,b,c", "年份,人数,学校代码,学段,区域,年龄", "年份,区域"], ids=["unknown", "fits two", "lacks columns"]
)
def test_a_header_that_fits_no_single_dataset_asks_to_choose_one(header: str, store: Store) -> None:
    checked = intake.check(store, f"{header}\n{','.join('1' * len(header.split(',')))}\n".encode(), "file.csv")
    (problem,) = checked.problems
    assert (checked.dataset, problem.row, problem.found) == (None, 1, "a header that fits no dataset")
    assert all(name in problem.expected for name in contracts())


def test_the_dataset_that_the_caller_names_is_taken(store: Store) -> None:
    checked = intake.check(store, POPULATION.encode(), "file.csv", "area")
    assert checked.dataset == "area"
    assert [problem.row for problem in checked.problems] == [1, 1, 1, 1]


def test_missing_unknown_and_double_columns_are_reported_together(store: Store) -> None:
    file = "年份,年度,区域,人口总量\n2020,2020,信都区,5120\n"
    found = intake.check(store, file.encode(), "file.csv", "population").problems
    assert [(problem.row, problem.column, problem.found) for problem in found] == [
        (1, "年度", "年度"),
        (1, "人口总量", "人口总量"),
        (1, "Age", "no such column"),
        (1, "Persons", "no such column"),
    ]
    assert [problem.expected for problem in found] == [
        "one column for “Year”; “年份” has it already",
        "a column of this dataset (Year, Area, Age, Persons); give it a meaning, rename or remove it",
        "a column “Age”, or one value for the whole file",
        "a column “Persons”, or one value for the whole file",
    ]


def test_broken_cells_are_listed_even_where_the_header_is_wrong(store: Store) -> None:
    """Whoever mends the file mends all of it at once."""
    file = "年份,区域,年龄,备注\n2020,火星,3,甲\n20x0,信都区,3,乙\n"
    found = intake.check(store, file.encode(), "file.csv", "population").problems
    assert [(problem.row, problem.found) for problem in found] == [
        (1, "备注"),
        (1, "no such column"),
        (2, "火星"),
        (3, "20x0"),
    ]


def test_a_column_without_a_header_is_reported(store: Store) -> None:
    (problem,) = intake.check(
        store, "year,area,age,persons,\n2020,信都区,3,1,2\n".encode(), "file.csv", "population"
    ).problems
    assert (problem.row, problem.found) == (1, "a column without a header")


def test_a_header_without_rows_is_reported(store: Store) -> None:
    checked = intake.check(store, b"year,area,age,persons\n", "file.csv")
    assert checked.problems == (Problem(2, None, "no rows below the header", "at least one row"),)


def test_columns_may_stand_in_any_order_under_any_spelling(store: Store) -> None:
    file = "常住人口;ＡＧＥ;区 县;统计年度\r\n5120;3;信都区;2020\r\n"
    checked = intake.publish(store, file.encode("gb18030"), "人口.csv", by="李四")
    assert checked.problems == ()
    with store.reading() as cursor:
        rows = cursor.execute("select year, area, age, persons, upload_id, line from population").fetchall()
    assert rows == [(2020, "信都区", 3, 5120, checked.upload, 2)]


def test_every_stored_row_knows_its_line_and_upload(store: Store) -> None:
    upload = intake.publish(
        store, b"\n".join([POPULATION.encode().rstrip(), b"", "2020,开发区,3,900".encode()]), "f.csv", by="test"
    ).upload
    with store.reading() as cursor:
        assert cursor.execute("select area, upload_id, line from population order by line").fetchall() == [
            ("信都区", upload, 2),
            ("襄都区", upload, 3),
            ("开发区", upload, 5),
        ]


def test_an_upload_is_recorded_with_file_hash_rows_and_person(store: Store) -> None:
    checked = intake.publish(store, POPULATION.encode(), "人口.csv", by="李四")
    upload = history(store)[0]
    assert (upload.upload_id, upload.dataset, upload.file_name, upload.rows, upload.uploader, upload.sample) == (
        checked.upload, "population", "人口.csv", 2, "李四", False,
    )  # fmt: skip
    assert upload.sha256 == hashlib.sha256(POPULATION.encode()).hexdigest()


def test_a_check_says_how_many_rows_are_new_and_stores_nothing(store: Store) -> None:
    before = state(store)
    checked = intake.check(store, POPULATION.encode(), "file.csv")
    assert (checked.rows, checked.effect.new, checked.effect.changed, checked.upload) == (2, 2, 0, None)
    assert state(store) == before
    intake.publish(store, POPULATION.encode(), "file.csv", by="test")
    checked = intake.check(store, (POPULATION + "2020,开发区,3,900\n").encode(), "file.csv")
    assert (checked.rows, checked.effect.new, checked.effect.unchanged) == (3, 1, 2)


def test_a_preview_shows_the_first_rows_as_they_would_be_stored(store: Store) -> None:
    rows = "".join(f"2020,信都区,{age},{age * 10}\n" for age in range(30))
    preview = intake.check(store, ("年份,区域,年龄,人口数\n" + rows).encode(), "file.csv").effect.first_rows
    assert len(preview) == FIRST_ROWS
    assert preview[3] == {"year": 2020, "area": "信都区", "age": 3, "persons": 30}


@pytest.mark.parametrize(
    "content",
    [
        (POPULATION + "2020,无此区,3,1\n").encode(),
        (POPULATION + "2020,信都区,3,1\n").encode(),
        (POPULATION + "2020,信都区,4,-1\n").encode(),
        (POPULATION + "2020,信都区\n").encode(),
        POPULATION.replace("人口数", "人口总量").encode(),
        POPULATION.splitlines()[0].encode(),
        POPULATION.encode()[:-4] + b"\xff\xff\n",
        b"",
        b"PK\x03\x04 a workbook",
        bytes(range(256)),
    ],
    ids=[
        "unknown area", "repeated key", "negative", "uneven", "header", "no rows", "encoding", "empty", "workbook", "binary",
    ],
)  # fmt: skip
def test_a_file_with_a_problem_changes_nothing(content: bytes, store: Store) -> None:
    before = state(store)
    checked = intake.publish(store, content, "file.csv", "population", by="test")
    assert (len(checked.problems) > 0, checked.upload) == (True, None)
    assert state(store) == before


def test_the_answer_has_the_promised_keys(store: Store) -> None:
    good = intake.publish(store, POPULATION.encode(), "f.csv", by="test")
    assert good.as_dict().items() >= {"dataset": "population", "rows": 2, "published": True, "upload": 3}.items()
    assert good.as_dict()["problems"] == []
    bad = intake.publish(store, (POPULATION + "2020,信都区,4,-1\n").encode(), "f.csv", by="test")
    answer = json.loads(json.dumps(bad.as_dict()))
    assert answer.items() >= {"dataset": "population", "rows": 3, "published": False, "upload": None}.items()
    assert answer["problems"] == [{"row": 4, "column": "人口数", "found": "-1", "expected": "0 or more"}]
    assert set(answer) == {
        "dataset", "sheet", "sheets", "rows", "published", "upload", "problems", "warnings", "notes", "dropped", "mapping",
        "remembered", "open", "missing", "new", "changed", "unchanged", "removed", "changes",
    }  # fmt: skip


def test_progress_rises_to_the_end(store: Store) -> None:
    shares: list[float] = []
    intake.publish(store, POPULATION.encode(), "f.csv", by="test", progress=lambda share, _what: shares.append(share))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_scores_keep_their_state_and_only_a_zero_is_a_zero(school_store: Store) -> None:
    cells = {
        "118.5": "recorded", "0": "recorded", "缺考": "absent", "缺": "absent", "未考": "absent", "旷考": "absent", "缓考": "absent",
        "免考": "exempt", "": "missing", "/": "missing", "-": "missing", "#N/A": "missing", "  ": "missing",
    }  # fmt: skip
    checked = intake.publish(
        school_store,
        marks(*((f"0{number}", cell) for number, cell in enumerate(cells))),
        "成绩.csv",
        by="test",
        said=intake.Said(accept=True),
    )
    assert checked.problems == ()
    with school_store.reading() as cursor:
        stored = cursor.execute("select score, score_state from exam_result order by line").fetchall()
    assert [found for _score, found in stored] == list(cells.values())
    assert [score for score, _state in stored] == [Decimal("118.5"), Decimal(0), *[None] * 11]


def test_a_score_that_is_neither_number_nor_state_is_refused(school_store: Store) -> None:
    found = intake.check(school_store, marks(("1", "作弊"), ("2", "90+")), "成绩.csv").problems
    assert [(problem.row, problem.column, problem.found) for problem in found] == [
        (2, "分数", "作弊"),
        (3, "分数", "90+"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "姓名",
        "学生姓名",
        "考生姓名",
        " 姓 名 ",
        "身份证号",
        "身份证号码",
        "联系电话",
        "手机号码",
        "家庭住址",
        "Phone",
        "name",
        "Name",
    ],
)
def test_a_personal_column_is_left_out_and_reported(header: str, school_store: Store) -> None:
    file = marks(("1", "90")).decode().replace("班级", f"班级,{header}").replace("高三(1)班", "高三(1)班,李小明")
    checked = intake.publish(school_store, file.encode(), "成绩.csv", "exam_result", by="test")
    assert (checked.problems, checked.dropped) == ((), (header.strip(),))
    assert "李小明" not in str(checked.effect.first_rows)
    with school_store.reading() as cursor:
        assert "李小明" not in str(cursor.execute("select * from exam_result").fetchall())


def test_the_name_of_a_school_is_no_personal_column(store: Store) -> None:
    file = (
        "institution_id,valid_from,name,area,kind,ownership,main_urban\n1,2020-09-01,示例园,信都区,幼儿园,集体办,是\n"
    )
    checked = intake.publish(store, file.encode(), "f.csv", by="test")
    assert (checked.problems, checked.dropped) == ((), ())


def test_a_pupils_code_is_stored_as_its_keyed_hash_only(school_store: Store) -> None:
    codes = ["20210107", "007", "张三-甲", "ABC"]
    checked = intake.publish(school_store, marks(*((code, "90") for code in codes)), "成绩.csv", by="test")
    assert checked.problems == ()
    assert all("student_id" not in row for row in checked.effect.first_rows)
    with school_store.reading() as cursor:
        stored = [code for (code,) in cursor.execute("select student_id from exam_result order by line").fetchall()]
    assert stored == [hmac.new(pseudonym.key(), code.encode(), "sha256").hexdigest() for code in codes]
    assert all(len(code) == 64 and set(code) <= set("0123456789abcdef") for code in stored)


def test_neither_codes_nor_names_reach_the_stores_files(school_store: Store) -> None:
    codes = [f"XTSAMPLE{number:04}" for number in range(300)]
    file = (
        marks(*((code, "90") for code in codes))
        .decode()
        .replace("科目,学号", "姓名,科目,学号")
        .replace("数学,", "欧阳示例,数学,")
    )
    assert intake.publish(school_store, file.encode(), "成绩.csv", by="test").problems == ()
    bad = file.replace(",90\n", ",九十\n")
    assert intake.publish(school_store, bad.encode(), "成绩.csv", by="test").problems != ()
    hashed = hmac.new(pseudonym.key(), codes[0].encode(), "sha256").hexdigest()
    while_open = _bytes_of_store(school_store.path)
    school_store.close()
    closed = _bytes_of_store(school_store.path)
    assert hashed.encode() in while_open, "what is kept can be found"
    for content in (while_open, closed):
        assert b"XTSAMPLE" not in content
        assert "欧阳示例".encode() not in content


def test_problems_tell_no_pupils_code(school_store: Store) -> None:
    file = (
        marks(("SECRET1", "90"), ("SECRET1", "91"), ("SECRET2", "x"), ("", "1"))
        .decode()
        .replace("3905000456", "999", 1)
    )
    found = intake.check(school_store, file.encode(), "成绩.csv").problems
    assert {problem.row for problem in found} == {2, 3, 4, 5}
    assert "SECRET" not in str(found)
    assert hmac.new(pseudonym.key(), b"SECRET1", "sha256").hexdigest() not in str(found)


def test_a_pupil_keeps_the_pseudonym_from_one_upload_to_the_next(school_store: Store) -> None:
    intake.publish(school_store, marks(("007", "90"), ("7", "80")), "成绩.csv", by="test")
    checked = intake.check(school_store, marks((" 007 ", "95")), "更正.csv")
    assert (checked.effect.new, checked.effect.changed) == (0, 1)
    intake.publish(school_store, marks((" 007 ", "95")), "更正.csv", by="test")
    with school_store.reading() as cursor:
        assert cursor.execute("select score from exam_result order by score").fetchall() == [
            (Decimal(80),),
            (Decimal(95),),
        ]


@pytest.mark.parametrize(
    "text",
    ["'); drop table store.upload; --", "x' or '1'='1", '"; delete from store.upload; --', "$v0", "{rows}", "%s"],
)
def test_sql_in_cells_headers_and_names_is_text(text: str, store: Store) -> None:
    quoted = '"' + text.replace('"', '""') + '"'
    file = f"area,name_en,level\n示例区,{quoted},district\n{quoted},x,district\n"
    checked = intake.publish(store, file.encode(), f"{text}.csv", "area", by=text)
    assert checked.problems == ()
    with store.reading() as cursor:
        rows = cursor.execute(
            "select area, name_en from area where upload_id = ? order by line", [checked.upload]
        ).fetchall()
    assert rows == [("示例区", text), (text, "x")]
    assert (history(store)[0].file_name, history(store)[0].uploader) == (f"{text}.csv", text)
    (problem,) = intake.check(store, f"area,level,{quoted}\n示例二区,district,1\n".encode(), "f.csv", "area").problems
    assert problem.found == text
    (problem,) = intake.check(store, f"year,area,age,persons\n2020,信都区,{quoted},1\n".encode(), "f.csv").problems
    assert problem.found == text


def test_the_products_own_reference_files_are_read_as_any_file(store: Store) -> None:
    for path in sorted((Path(intake.__file__).parent / "reference").glob("*.csv")):
        assert intake.check(store, path.read_bytes(), path.name).dataset == path.stem
        assert not isinstance(read(path.read_bytes()), list)


def _bytes_of_store(path: Path) -> bytes:
    files = [file for file in (path, path.with_name(path.name + ".wal")) if file.exists()]
    return b"".join(file.read_bytes() for file in files)


def test_control_characters_and_line_breaks_of_a_text_are_taken_away_and_said(store: Store) -> None:
    content = 'agenda,position,title,link\n"a\x0bb",1,"line\nbreak",overview\n"a b\x07",2,,plan\n'
    checked = intake.publish(store, content.encode(), "f.csv", "agenda", by="test")
    assert checked.problems == ()
    assert [(note.row, note.column, note.done) for note in checked.notes] == [
        (2, "agenda", "read as a b (1 cell)"),
        (3, "agenda", "read as a b (1 cell)"),
        (2, "title", "read as line break (1 cell)"),
    ]
    with store.reading() as cursor:
        kept = cursor.execute("select distinct agenda from agenda").fetchall()
    assert kept == [("a b",)], "one meeting, not two of names that look alike"


def test_a_control_character_hides_no_telephone_number(store: Store) -> None:
    content = "agenda,position,title,link\n会议,1,138\x0700000000,overview\n".encode()
    (problem,) = intake.check(store, content, "f.csv", "agenda").problems
    assert problem.found == "an identity or telephone number"


def said_of(checked: intake.Checked) -> list[tuple[int | None, str | None, str]]:
    return [(one.row, one.column, one.found) for one in checked.problems]


PERSON = "an identity or telephone number"


@pytest.mark.parametrize("text", ["1班 13811112222", "联系人张三13812345678", "0319-2228888", "110105194912310021"])
def test_a_number_that_leads_to_a_person_is_refused_wherever_it_stands(text: str, school_store: Store) -> None:
    file = marks(("1", "90"), ("2", "91")).decode().replace("高三(1)班", text, 1)
    assert said_of(intake.check(school_store, file.encode(), "f.csv")) == [(2, "班级", PERSON)]
    published = f"区域,年份,来源,备注\n信都区,2020,公报,{text}\n襄都区,2020,冀教〔2020〕12号,\n"
    assert said_of(intake.check(school_store, published.encode(), "f.csv", "preschool_published")) == [
        (2, "备注", PERSON)
    ]


def test_a_code_as_long_as_an_identity_number_is_one_only_with_its_check_digit(store: Store) -> None:
    header = "项目代码,项目名称,所在区,是否主城区,项目类别\n"
    for code, found in [("110105194912310021", []), ("11010519491231002X", [PERSON]), ("T13050200012", [])]:
        file = f"{header}{code},示例项目,信都区,是,幼儿园\n"
        checked = intake.check(store, file.encode(), "f.csv", "project")
        assert [one.found for one in checked.problems if one.found == PERSON] == found


def test_a_value_for_the_whole_file_is_looked_at_as_a_cell_is(school_store: Store) -> None:
    header, row = MARKS_HEADER.replace("学校代码,班级,", ""), "2021-11-G3,数学,1,90\n"
    named = intake.Said(set={"institution_id": "示例高中", "class": "1.0"})
    checked = intake.check(school_store, (header + row).encode(), "f.csv", "exam_result", said=named)
    assert checked.problems == ()
    assert [(one.row, one.column, one.found, one.done) for one in checked.notes] == [
        (None, "Institution code", "示例高中", "read as 3905000456"),
        (None, "Class", "1.0", "read as 1"),
    ]
    assert checked.effect.first_rows[0].items() >= {"institution_id": "3905000456", "class": "1"}.items()
    for name, text, found in [
        ("class", "1班13811112222", PERSON),
        ("institution_id", "13812349876", PERSON),
        ("institution_id", "3.905E+9", "3.905E+9"),
        ("exam_id", "7632①", "7632①"),
    ]:
        given = intake.Said(set={"institution_id": "3905000456", name: text})
        body = (header + row).replace("2021-11-G3,", "").replace("考试代码,", "") if name == "exam_id" else header + row
        problems = intake.check(school_store, body.encode(), "f.csv", "exam_result", said=given).problems
        assert problems[0].found == found
        assert intake.publish(school_store, body.encode(), "f.csv", "exam_result", by="t", said=given).upload is None


def test_one_pupils_code_cannot_hold_for_a_whole_file(school_store: Store) -> None:
    file = "exam_id,subject,institution_id,score\n2021-11-G3,数学,3905000456,90\n".encode()
    given = intake.Said(set={"student_id": "13812349876"})
    checked = intake.publish(school_store, file, "f.csv", "exam_result", by="t", said=given)
    assert said_of(checked) == [(None, "Pupil code", "one value for the whole file")]
    assert "13812349876" not in str(checked.problems)


def test_a_value_for_the_whole_file_that_its_column_gainsays_is_refused(store: Store) -> None:
    same = intake.check(
        store, POPULATION.encode(), "f.csv", "population", said=intake.Said(set={"year": "2020年", "age": "3"})
    )
    assert same.problems == ()
    other = intake.check(
        store, POPULATION.encode(), "f.csv", "population", said=intake.Said(set={"year": "2021", "area": "信都区"})
    )
    told = "a column beside another value for the whole file"
    assert said_of(other) == [(None, "年份", told), (None, "区域", told)]


def test_a_subject_for_the_whole_file_contradicts_columns_of_other_subjects(school_store: Store) -> None:
    file = "学号,学校代码,语文,数学\n1,3905000456,90,91\n"
    given = intake.Said(set={"exam_id": "2021-11-G3", "subject": "数学"})
    checked = intake.check(school_store, file.encode(), "f.csv", "exam_result", said=given)
    assert said_of(checked) == [(None, "Subject", "a column beside another value for the whole file")]
    one = intake.check(school_store, file.replace(",语文", "").replace(",90", "").encode(), "f.csv", said=given)
    assert one.problems == ()


def test_a_unit_in_header_and_cell_is_refused_and_values_are_listed_before_and_after(store: Store) -> None:
    file = "年份,区域,类别,金额（万元）\n2020,信都区,建设投入,{}\n2020,襄都区,建设投入,1.5\n"
    twice = intake.check(store, file.format("120万").encode(), "f.csv", "preschool_funding")
    assert [(one.row, one.found, one.expected) for one in twice.problems] == [
        (2, "120万", "the unit once: it stands in the header and in the cell")
    ]
    once = intake.check(store, file.format("120").encode(), "f.csv", "preschool_funding")
    assert once.problems == ()
    assert [(one.found, one.done) for one in once.notes] == [
        ("万元", "every number is multiplied by 10000"),
        ("120", "read as 1200000 (1 cell)"),
        ("1.5", "read as 15000 (1 cell)"),
    ]


def test_a_pupils_code_that_was_a_number_is_the_same_pupil(school_store: Store) -> None:
    assert intake.publish(school_store, marks(("20210007", "90")), "f.csv", by="test").upload
    checked = intake.check(school_store, marks(("20210007.0", "91"), ("20210008", "1")), "f.csv")
    assert (checked.problems, checked.effect.changed, checked.effect.new) == ((), 1, 1)
    assert [(one.column, one.found, one.done) for one in checked.notes] == [("学号", "学号", "1 cell tidied")]


def test_a_pupils_code_with_a_footnote_mark_is_refused(school_store: Store) -> None:
    (problem,) = intake.check(school_store, marks(("20210007¹", "90"), ("２０２１０００８", "1")), "f.csv").problems
    assert (problem.row, problem.expected) == (2, "plain digits; a raised or circled digit may be a footnote mark")


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("84.74", "0.8474"), [(3, "0.8474")]), (("0.8474", "0.9", "1"), [(2, "0.8474")]),
        (("84.74", "0.5%"), []), (("84.74%", "0", "1", "100"), []), (("84.74", "0.0047"), []),
    ],
)  # fmt: skip
def test_a_share_in_a_column_of_per_cents_is_asked_about(
    cells: tuple[str, ...], found: list[tuple[int, str]], store: Store
) -> None:
    rows = "".join(f"河北省,{year},公报,{cell}\n" for year, cell in enumerate(cells, start=2001))
    file = "区域,年份,来源,普惠性幼儿园覆盖率\n" + rows
    got = said_of(intake.check(store, file.encode(), "f.csv", "preschool_published"))
    assert [(row, text) for row, _column, text in got] == found


@pytest.mark.parametrize(("unit", "fine"), [("人", True), ("万人", True), ("个", True), ("所", False), ("万元", False)])
def test_a_header_whose_unit_counts_something_else_is_refused(unit: str, fine: bool, store: Store) -> None:
    file = POPULATION.replace("人口数", f"人口数（{unit}）").replace("5120", "12").replace("4880", "13")
    assert said_of(intake.check(store, file.encode(), "f.csv")) == ([] if fine else [(1, f"人口数（{unit}）", unit)])


def test_a_remark_that_leads_to_a_person_is_refused(store: Store) -> None:
    for note, stopped in (("有疑问请找王老师 13812345678", True), ("与原件一致，共2020行", False)):
        found = intake.check(store, POPULATION.encode(), "f.csv", said=intake.Said(note=note)).problems
        assert bool(found) == stopped
