"""What a cell means: everything that is beyond doubt is read, everything else stays as it is."""

import pytest

from data.cells import lost_digits, meant, mentions_person, names_person, wanted
from data.contract import contracts


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("312", "312"), ("３１２", "312"), (" 312　", "312"), ("1,234", "1234"), ("１，２３４", "1234"), ("312人", "312"), ("312 人", "312"),
        ("1.2万", "12000"), ("1.5万人", "15000"), ("1.2亿", "120000000"), ("1.2万亿", "1200000000000"), ("12.0", "12"), ("\ufeff12", "12"), ("12\u200b", "12"), ("+5", "5"),
    ],
)  # fmt: skip
def test_a_number_is_read_in_every_spelling(text: str, read: str) -> None:
    assert meant(text, contracts()["enrolment"].field("pupils")) == read


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        "1e3",
        "12 3",
        "十二",
        "约312",
        "312-320",
        "12.5%",
        "1.2.3",
        "-",
        "",
        "#REF!",
        "7979¹",
        "7632①",
        "10²",
        "⑫",
        "⑴",
        "½",
        "1.2万万",
        "1亿万",
        "1.2亿亿",
        "¥312",
        "312元",
    ],
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


@pytest.mark.parametrize("text", ["120万", "1.2亿", "120万元", "120 万元", "120元", "￥120", "１２０万"])
def test_a_unit_in_the_header_and_in_the_cell_is_left_and_asked_about(text: str) -> None:
    amount = contracts()["preschool_funding"].field("amount")
    assert meant(text, amount, factor=10_000) == text
    assert wanted(text, amount, 10_000) == "the unit once: it stands in the header and in the cell"
    assert wanted(text, amount, 1) is None
    assert wanted("120", amount, 10_000) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [("￥1200", "1200"), ("¥1,200.50", "1200.5"), ("¥ 1.2万", "12000"), ("1200元", "1200"), ("￥-5", "-5")],
)
def test_a_sign_of_money_stands_before_an_amount(text: str, read: str) -> None:
    assert meant(text, contracts()["preschool_funding"].field("amount")) == read


@pytest.mark.parametrize("text", ["7979¹", "7632①", "10²", "⑫", "H₂0", "2020年9月1日①"])
def test_a_digit_that_may_be_a_footnote_mark_is_asked_about(text: str) -> None:
    for dataset, name in [("enrolment", "pupils"), ("exam", "held_on")]:
        field = contracts()[dataset].field(name)
        assert meant(text, field) == text
        assert wanted(text, field, 1) == "plain digits; a raised or circled digit may be a footnote mark"
    assert meant(text, contracts()["institution"].field("institution_id")) == text
    names = {"76321": "S1", "10": "S2", "102": "S3", "12": "S4"}
    assert meant(text, contracts()["enrolment"].field("institution_id"), names=names) == text


@pytest.mark.parametrize("text", ["312", "312人", "１２", "一〇二", "2020年9月1日"])
def test_a_cell_without_such_digits_is_not_asked_about(text: str) -> None:
    assert wanted(text, contracts()["enrolment"].field("pupils"), 1) is None


@pytest.mark.parametrize(
    "text",
    ["2020", "2020年", "2020学年", "2020-2021", "2020—2021学年", "2020/2021", "2020-21", "2020至2021学年度", "2020.0"],
)
def test_a_school_year_is_the_year_in_which_it_begins(text: str) -> None:
    assert meant(text, contracts()["enrolment"].field("school_year")) == "2020"


@pytest.mark.parametrize("text", ["2020-2021学年", "2020/21", "2020—2021", "2020学年", "2020学年度"])
def test_a_school_year_is_no_calendar_year(text: str) -> None:
    year = contracts()["population"].field("year")
    assert meant(text, year) == text
    assert wanted(text, year, 1) == "a calendar year such as 2020, not a school year"
    assert wanted(text, contracts()["enrolment"].field("school_year"), 1) is None


@pytest.mark.parametrize("text", ["2020", "2020年", "2020年度", "２０２０年", "2020.0"])
def test_a_calendar_year_is_read(text: str) -> None:
    assert meant(text, contracts()["population"].field("year")) == "2020"


def test_two_years_that_do_not_follow_each_other_are_left() -> None:
    assert meant("2020-2023", contracts()["enrolment"].field("school_year")) == "2020-2023"


@pytest.mark.parametrize(
    "text",
    [
        "2020-09-01", "2020/9/1", "2020.9.1", "2020年9月1日", "20200901", "44075", "44075.0", "2020-09-01 00:00:00", "2020-09-01T00:00:00",
        "２０２０－０９－０１", "2020-9-1 0:00", "2020/9/1 0:00:00", "2020 年 9 月 1 日", "2020年9月1号", "'2020-09-01", "2020年9月1日 00:00",
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_spelling(text: str) -> None:
    assert meant(text, contracts()["exam"].field("held_on")) == "2020-09-01"


@pytest.mark.parametrize(
    "text",
    [
        "2020-13-01",
        "2020-02-30",
        "20201301",
        "2020年9月",
        "9/1/2020",
        "20-9-1",
        "440750",
        "123",
        "2020-9-1 8:00",
        "2020-09-01 00:30:00",
        "2020年9月",
    ],
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
        ("202101.0", "202101"),
        ("007.00", "007"),
        ("1.5", "1.5"),
        ("A1.0", "A1.0"),
        ("130502199901011234", "130502199901011234"),
    ],
)
def test_an_identifier_stays_text_with_its_leading_zeros(text: str, read: str) -> None:
    assert meant(text, contracts()["institution"].field("institution_id")) == read


@pytest.mark.parametrize(("text", "read"), [("1.0", "1"), ("2301.0", "2301"), ("1.5", "1.5"), ("V1.0班", "V1.0班")])
def test_a_class_may_have_been_a_number(text: str, read: str) -> None:
    assert meant(text, contracts()["exam_result"].field("class")) == read
    assert meant(text, contracts()["exam_item"].field("answer")) == text, "an answer may have decimals"


@pytest.mark.parametrize(
    ("text", "lost"), [("1.23E+11", True), ("1.30502E+17", True), ("5E+3", True), ("E7", False), ("12E", False)]
)
def test_an_identifier_that_lost_digits_is_known(text: str, lost: bool) -> None:
    assert lost_digits(text) is lost


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("11010519491231002X", True), ("110105194912310021", False), ("13800000000", True), ("+86 138-0000-0000", True),
        ("91130502MA00000000", False), ("3905000123", False), ("23800000000", False), ("0319-2228888", True), ("T13050200012", False),
    ],
)  # fmt: skip
def test_what_leads_to_a_person_is_known_by_its_form(text: str, person: bool) -> None:
    assert names_person(text) is person


@pytest.mark.parametrize(
    "text",
    [
        "1班 13811112222", "联系人张三13812345678", "0319-2228888", "电话（0319）2228888", "010—62228888转3", "张三１３８１２３４５６７８",
        "tel:138-1234-5678", "+86 138 1234 5678。", "身份证110105194912310021", "110105 19491231 002X", "https://x.cn/?phone=13812345678",
    ],
)  # fmt: skip
def test_a_number_that_leads_to_a_person_is_found_within_a_text(text: str) -> None:
    assert mentions_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "冀教〔2020〕12号", "3905000456", "2020-09-01—2020-12-31", "20200901-20200930", "高三(1)班", "邢教〔2020〕88号2020年9月1日",
        "http://www.moe.gov.cn/jyb_sjzl/s5990/202108/t20210827_555004.html", "https://x.cn/P020210315371234567890.pdf",
        "https://mp.weixin.qq.com/s?__biz=MzA4&mid=2247483650&idx=1", "编号0012-20200901", "91130502MA00000000", "123456789012345678",
        "130502209913011234", "1612345678901", "2020 2021 2022", "23800000000", "0319-222", "12130500401234567X",
    ],
)  # fmt: skip
def test_long_numbers_of_other_kinds_lead_to_nobody(text: str) -> None:
    assert not mentions_person(text)


@pytest.mark.parametrize(("text", "state"), [("缺 考", "缺考"), ("—", "-"), ("——", "-"), ("－", "-"), ("／", "/")])
def test_a_state_is_known_with_blanks_and_in_any_dash(text: str, state: str) -> None:
    assert meant(text, contracts()["exam_result"].field("score")) == state
    assert meant(text, contracts()["population"].field("persons")) == text, "a number without states has none"


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
