"""Whatever bytes come in, the answer is a list of problems or whole rows, never an exception, and never half of a file."""

import io
import json
import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from data import intake
from data.contract import contracts
from data.intake import Said
from data.problem import Refused
from data.store import Store
from tests.data.books import xlsx, zipped

VALID = {
    "area": "区域,层级,上级区域,启用日期\n示例区,district,邢台市,2020-06-05\n示例街道,zone,示例区,\n",
    "population": "年份,区域,年龄,人口数\n2020,信都区,3,5120\n2020,襄都区,3,4880\n",
    "institution": "学校代码,生效日期,学校名称,所在区,学校类别,办别,是否主城区\n007,2020年9月1日,示例园,信都区,幼儿园,集体办,是\n",
    "enrolment": "学年,学校代码,学段,学生数,班级数\n2020,3905000123,学前,312,10\n2021,3905000123,学前,300,-\n",
    "exam_result": '考试代码,科目,学号,姓名,学校代码,分数\n2021-11-G3,数学,007,"示,例",3905000456,118.5\n2021-11-G3,语文,007,示例,3905000456,缺考\n',
}
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]
PIECES = [
    b"", b",", b"\n", b"\r\n", b"\r", b'"', b'""', b";", b"\t", b" ", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff", b"\x81\x30", b"-",
    b"'", b"--", b"'; drop table store.upload; --", b"NaN", b"1e999", b"9" * 30, b"-0", b"epoch", b"infinity", b"{row}", b"$v0", b"%s",
    "年份".encode(), "缺考".encode("gb18030"), "\u2028".encode(), "\u200b".encode(), "𠮷".encode(), "０".encode(),
]  # fmt: skip

# Together with those of the publishes more than five thousand files.
EXAMPLES = settings(max_examples=1000, derandomize=True, deadline=None, database=None)

datasets = st.sampled_from([None, *VALID, *contracts()])
saids = st.builds(
    Said,
    set=st.dictionaries(
        st.sampled_from(["exam_id", "year", "area", "nothing"]),
        st.sampled_from(["2020", "信都区", "'", "{x}"]),
        max_size=2,
    ),
    replace=st.sampled_from([{}, {}, {}, {"area": "信都区"}, {"year": "2020"}]),
)
ROWS = [["年份", "区域", "年龄", "人口数"], [2020, "信都区", 3, 5120], [2020, "襄都区", 3, 4880]]
BOOKS = [
    xlsx({"甲": ROWS}),
    xlsx({"甲": [["标题"], *ROWS, ["合计", "", "", 10000]], "乙": ROWS}),
    zipped({"a.csv": VALID["population"].encode("gb18030"), "b.xlsx": xlsx({"甲": ROWS})}),
    (Path(__file__).parent / "files" / "population.xls").read_bytes(),
]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A valid file with some of its bytes replaced, doubled or taken away."""
    text = draw(st.sampled_from(list(VALID.values())))
    content = text.encode(draw(st.sampled_from(ENCODINGS)))
    for _time in range(draw(st.integers(0, 4))):
        begin = draw(st.integers(0, len(content)))
        end = min(len(content), begin + draw(st.integers(0, 12)))
        piece = draw(st.sampled_from([*PIECES, content[begin:end] * 2]) | st.binary(max_size=4))
        content = content[:begin] + piece + content[end:]
    return content


@st.composite
def damaged_books(draw: st.DrawFn) -> bytes:
    """A workbook or an archive with a part exchanged or some of its bytes replaced."""
    content = draw(st.sampled_from(BOOKS))
    if content.startswith(b"PK") and draw(st.booleans()):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = draw(st.sampled_from(sorted(parts)))
        text = parts[name]
        begin = draw(st.integers(0, len(text)))
        end = min(len(text), begin + draw(st.integers(0, 40)))
        parts[name] = text[:begin] + draw(st.sampled_from([*PIECES, b"</row>", b'r="XFD9"', b"<c/>"])) + text[end:]
        return zipped(parts)
    begin = draw(st.integers(0, len(content)))
    return content[:begin] + draw(st.binary(max_size=6)) + content[begin + draw(st.integers(0, 6)) :]


def counts(store: Store) -> dict[str, int]:
    tables = ["upload", "upload_event", *(contract.table for contract in contracts().values())]
    counted = " union all ".join(f"select '{table}', count(*) from store.{table}" for table in tables)
    with store.reading() as cursor:
        return dict(cursor.execute(counted).fetchall())


def test_a_check_of_any_bytes_answers_with_problems(store: Store) -> None:
    before = store.version, counts(store)

    @EXAMPLES
    @given(content=st.binary(max_size=300), dataset=datasets)
    def answers(content: bytes, dataset: str | None) -> None:
        checked = intake.check(store, content, "f.csv", dataset)
        assert checked.problems
        json.dumps(checked.as_dict(), ensure_ascii=False).encode()

    answers()
    assert (store.version, counts(store)) == before


def test_a_check_of_a_damaged_file_answers_and_changes_nothing(school_store: Store) -> None:
    before = school_store.version, counts(school_store)

    @settings(EXAMPLES, max_examples=2500)
    @given(content=mutated(), dataset=datasets, said=saids)
    def answers(content: bytes, dataset: str | None, said: Said) -> None:
        try:
            checked = intake.check(school_store, content, "f.csv", dataset, said=said)
        except Refused as refusal:  # the dataset has no such scope
            assert said.replace and str(refusal)
            return
        json.dumps(checked.as_dict(), ensure_ascii=False).encode()

    answers()
    assert (school_store.version, counts(school_store)) == before


def test_a_check_of_a_damaged_workbook_answers_and_changes_nothing(school_store: Store) -> None:
    before = school_store.version, counts(school_store)

    @settings(EXAMPLES, max_examples=1500)
    @given(content=damaged_books(), dataset=datasets)
    def answers(content: bytes, dataset: str | None) -> None:
        checked = intake.check(school_store, content, "f.xlsx", dataset)
        json.dumps(checked.as_dict(), ensure_ascii=False).encode()

    answers()
    assert (school_store.version, counts(school_store)) == before


def test_a_publish_of_a_damaged_file_stores_all_its_rows_or_none(school_store: Store) -> None:
    there = counts(school_store)

    @settings(EXAMPLES, max_examples=150)
    @given(content=mutated())
    def stores_all_or_none(content: bytes) -> None:
        version, before = school_store.version, dict(there)
        checked = intake.publish(school_store, content, "f.csv", by="test", said=Said(accept=True))
        assert (checked.upload is None) == bool(checked.problems)
        grown = {"upload": 1, "upload_event": 1, f"fact_{checked.dataset}": checked.rows} if checked.upload else {}
        assert school_store.version == version + (1 if checked.upload else 0)
        there.update(counts(school_store))
        assert there == {name: count + grown.get(name, 0) for name, count in before.items()}

    stores_all_or_none()
