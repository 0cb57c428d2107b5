"""What a cell means: everything that is beyond doubt is read, everything else stays as it is."""

import pytest

from data.cells import lost_digits, meant, names_person
from data.contract import contracts


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("312", "312"), ("３１２", "312"), (" 312　", "312"), ("1,234", "1234"), ("１，２３４", "1234"), ("312人", "312"), ("312 人", "312"),
        ("1.2万", "12000"), ("1.5万人", "15000"), ("12.0", "12"), ("\ufeff12", "12"), ("12\u200b", "12"), ("+5", "5"),
    ],
)  # fmt: skip
def test_a_number_is_read_in_every_spelling(text: str, read: str) -> None:
    assert meant(text, contracts()["enrolment"].field("pupils")) == read


@pytest.mark.parametrize(
    "text", ["1,23", "1e3", "12 3", "十二", "约312", "312-320", "12.5%", "1.2.3", "-", "", "#REF!"]
)
def test_a_number_in_doubt_is_left_for_the_checks(text: str) -> None:
    assert meant(text, contracts()["enrolment"].field("pupils")) == text


@pytest.mark.parametrize(("text", "read"), [("60%", "0.6"), ("６０％", "0.6"), ("0.6", "0.6"), ("12.5%", "0.125")])
def test_a_share_may_be_written_in_per_cent(text: str, read: str) -> None:
    assert meant(text, contracts()["exam"].field("pass_share")) == read


def test_per_cent_stays_per_cent_where_that_is_the_columns_unit() -> None:
    assert meant("84.74%", contracts()["preschool_published"].field("inclusive_share_pct")) == "84.74"


def test_a_unit_in_the_header_multiplies() -> None:
    assert meant("1.25", contracts()["enrolment"].field("pupils"), factor=10_000) == "12500"


@pytest.mark.parametrize(
    "text",
    ["2020", "2020年", "2020学年", "2020-2021", "2020—2021学年", "2020/2021", "2020-21", "2020至2021学年度", "2020.0"],
)
def test_a_school_year_is_the_year_in_which_it_begins(text: str) -> None:
    assert meant(text, contracts()["enrolment"].field("school_year")) == "2020"


def test_two_years_that_do_not_follow_each_other_are_left() -> None:
    assert meant("2020-2023", contracts()["enrolment"].field("school_year")) == "2020-2023"


@pytest.mark.parametrize(
    "text",
    [
        "2020-09-01", "2020/9/1", "2020.9.1", "2020年9月1日", "20200901", "44075", "44075.0", "2020-09-01 00:00:00", "2020-09-01T00:00:00",
        "２０２０－０９－０１",
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_spelling(text: str) -> None:
    assert meant(text, contracts()["exam"].field("held_on")) == "2020-09-01"


@pytest.mark.parametrize(
    "text", ["2020-13-01", "2020-02-30", "20201301", "2020年9月", "9/1/2020", "20-9-1", "440750", "123"]
)
def test_a_date_in_doubt_is_left_for_the_checks(text: str) -> None:
    assert meant(text, contracts()["exam"].field("held_on")) == text


@pytest.mark.parametrize(("text", "read"), [("是", "是"), ("ＹＥＳ", "yes"), ("True", "true"), ("也许", "也许")])
def test_yes_and_no_are_known_in_any_width_and_case(text: str, read: str) -> None:
    assert meant(text, contracts()["institution"].field("main_urban")).casefold() == read


@pytest.mark.parametrize(
    ("text", "read"), [("外语", "英语"), ("道德与法治", "政治"), ("数 学", "数 学"), ("化学", "化学")]
)
def test_another_name_of_a_value_is_that_value(text: str, read: str) -> None:
    assert meant(text, contracts()["exam"].field("subject")) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("００７", "007"),
        ("007", "007"),
        ("130502 1999", "1305021999"),
        ("'0042", "0042"),
        ("130502199901011234", "130502199901011234"),
    ],
)
def test_an_identifier_stays_text_with_its_leading_zeros(text: str, read: str) -> None:
    assert meant(text, contracts()["institution"].field("institution_id")) == read


@pytest.mark.parametrize(
    ("text", "lost"), [("1.23E+11", True), ("1.30502E+17", True), ("5E+3", True), ("E7", False), ("12E", False)]
)
def test_an_identifier_that_lost_digits_is_known(text: str, lost: bool) -> None:
    assert lost_digits(text) is lost


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("11010519491231002X", True), ("110105194912310021", False), ("13800000000", True), ("+86 138-0000-0000", True),
        ("91130502MA00000000", False), ("3905000123", False), ("23800000000", False),
    ],
)  # fmt: skip
def test_what_leads_to_a_person_is_known_by_its_form(text: str, person: bool) -> None:
    assert names_person(text) is person


def test_a_state_of_a_score_is_no_number() -> None:
    for text in ("缺考", "/", "-", "#N/A", "免考"):
        assert meant(text, contracts()["exam_result"].field("score")) == text


def test_a_name_stands_for_its_code_only_where_it_is_known() -> None:
    field = contracts()["enrolment"].field("institution_id")
    names = {"第一示例高中": "S1", "s1": "S1"}
    assert [meant(text, field, names=names) for text in ("第一示例高中", "第一 示例高中", "S1", "第二示例高中")] == [
        "S1",
        "S1",
        "S1",
        "第二示例高中",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+议题", "-议题", "@会议", "＝1", "＋议题"])
def test_the_mark_of_a_file_that_was_handed_out_is_no_part_of_a_text(text: str) -> None:
    assert meant(f"'{text}", contracts()["agenda"].field("title")) == text
    assert meant(f"''{text}", contracts()["agenda"].field("title")) == f"''{text}", "only one mark is put there"


@pytest.mark.parametrize("text", ["'议题'", "'", "''", "'90 年代"])
def test_an_apostrophe_that_marks_nothing_stays(text: str) -> None:
    assert meant(text, contracts()["agenda"].field("title")) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a\x07b", "ab"), ("e1\x0b", "e1"), ("\x00议题\x7f", "议题"), ("a\x9bb", "ab"), ("第一行\n第二行", "第一行 第二行"),
        ("line\r\nbreak", "line break"), ("a\x0bb", "a b"), ("a \t b", "a b"), ("a\u2028b", "a b"), ("数 学", "数 学"),
    ],
)  # fmt: skip
def test_a_text_is_one_line_without_control_characters(text: str, read: str) -> None:
    assert meant(text, contracts()["agenda"].field("title")) == read
    assert meant(text, contracts()["agenda"].field("agenda")) == read
