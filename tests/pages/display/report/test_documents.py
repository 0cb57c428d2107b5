"""Documents in the layout of GB/T 9704-2012, as their files say it and as LibreOffice draws it."""

import io
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from data import words
from data.problem import Refused
from pages.display import bound
from pages.display.report import circular, monitoring, official, ordinals, read_back, word
from pages.display.report.asked_again import AskedAgain
from pages.display.report.content import Content, Form, Paragraph, Question

pytestmark = pytest.mark.usefixtures("chinese")


@pytest.fixture
def document(report_file: bytes) -> Any:
    return Document(io.BytesIO(report_file))


def fonts(document: Any, style: str) -> tuple[str, str]:
    found = document.styles[style].element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    assert not [name for name in found.attrib if name.endswith("Theme")]
    return found.get(qn("w:eastAsia")), found.get(qn("w:ascii"))


def test_page_margins_and_grid(document: Any) -> None:
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(one.mm) for one in margins] == [37, 28, 26, 35]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert {name: grid.get(qn(f"w:{name}")) for name in ("type", "linePitch", "charSpace")} == {
        "type": "linesAndChars",
        "linePitch": "580",
        "charSpace": "-848",
    }


def test_type_by_its_names_and_sizes(document: Any) -> None:
    assert {
        style: fonts(document, style)[0] for style in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3")
    } == {
        "Normal": "仿宋_GB2312",
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
        "Heading 3": "仿宋_GB2312",
    }
    sizes = {style: document.styles[style].font.size for style in ("Normal", "Title", "Body Text", "Heading 2")}
    assert sizes == {"Normal": Pt(16), "Title": Pt(22), "Body Text": Pt(16), "Heading 2": Pt(16)}
    indent = document.styles["Body Text"].element.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    assert indent.get(qn("w:firstLineChars")) == "200"
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:eastAsia")) == "zh-CN"


def test_headings_are_real_and_numbered(document: Any, report: Content) -> None:
    headings = [one for one in document.paragraphs if one.style.name.startswith("Heading")]
    first = [one.text for one in headings if one.style.name == "Heading 1"]
    assert first == ["一、总体情况", "二、学校建设", "三、学前教育"]
    assert all(one.text.startswith("（") for one in headings if one.style.name == "Heading 2")
    levels = {
        style: document.styles[style].element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}").get(qn("w:val"))
        for style in ("Heading 1", "Heading 2")
    }
    assert levels == {"Heading 1": "0", "Heading 2": "1"}


def test_page_numbers_stand_outside(document: Any) -> None:
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        field = paragraph._p.find(qn("w:fldSimple"))
        assert field.get(qn("w:instr")) == "PAGE"
        assert "".join(one.text for one in paragraph._p.iter(qn("w:t"))) == "— 1 —"
        assert paragraph.alignment is not None and paragraph.alignment.name.lower() == side
        assert paragraph._p.pPr.ind.get(qn(f"w:{side}Chars")) == "100"
        run = field.find(qn("w:r"))
        assert run.rPr.rFonts.get(qn("w:eastAsia")) == "宋体" and run.rPr.sz.val == Pt(14)


def test_addressee_signature_and_day(document: Any) -> None:
    texts = [one.text for one in document.paragraphs]
    assert texts[0] == "邢台市主城区基础教育三年提升行动方案（2020—2022年）监测报告"
    assert "各区人民政府：" in texts
    signed = [one.text for one in document.paragraphs if one.style.name == "Signature"]
    assert signed == ["市教研室", "2022年12月31日"]
    assert texts[-2].startswith("（数据截至2022年12月31日，数据版本第")
    assert "示例数据" in texts[-1]
    assert all(
        head.paragraphs[0].text == "示例数据"
        for head in (document.sections[0].header, document.sections[0].even_page_header)
    )


def test_a_red_head_stands_only_where_it_is_asked_for(report_file: bytes, circular_file: bytes) -> None:
    plain, red = (Document(io.BytesIO(file)) for file in (report_file, circular_file))
    assert plain.paragraphs[0].style.name == "Title"
    assert (red.paragraphs[0].text, red.paragraphs[0].style.name) == ("邢台市教育局", "Red head")
    assert red.styles["Red head"].font.color.rgb == official.RED


def test_tables_repeat_their_header_and_are_captioned(document: Any, report: Content) -> None:
    assert len(document.tables) == len(report.tables) > 10
    for table in document.tables:
        assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
        assert sum(column.width for column in table.columns) <= Mm(156) + Pt(0.1)
    captions = [one for one in document.paragraphs if one.style.name == "Caption"]
    assert len(captions) == len(document.tables)
    assert document.paragraphs[-1].text  # no table stands last


def test_charts_are_native_and_captioned(document: Any) -> None:
    charts = [one for one in document.part.package.iter_parts() if "/word/charts/chart" in one.partname]
    legends = [one.text for one in document.paragraphs if one.style.name == "Chart caption"]
    assert len(charts) == len(legends) > 3


def test_english_documents_have_latin_faces(circulated: Content, asked: Question) -> None:
    words.use("en")
    made = Document(
        io.BytesIO(word.docx_bytes(circular.circular(asked, "government", 2021), Form("All districts", "")))
    )
    assert fonts(made, "Normal")[1] == "Times New Roman" and fonts(made, "Heading 1")[1] == "Arial"
    texts = [one.text for one in made.paragraphs]
    assert texts[0] == "Circular on the 2021 appraisal of the District governments"
    assert "All districts:" in texts and "I. Results" in texts and "December 31, 2022" in texts


def test_the_circular_praises_and_remarks_by_facts(circulated: Content) -> None:
    text = "\n".join(bound_plain(one.text) for one in circulated.blocks if isinstance(one, Paragraph))
    assert (
        "根据《邢台市主城区基础教育三年提升行动方案（2020—2022年）》第 20 条，对3个区的区级教育部门进行了2022年考核"
        in text
    )
    assert "襄都区以91.56 分居首位" in text and "失分较多的项目为“学前教育”失2.24分" in text
    assert "各区两两比较共3组" in text


def bound_plain(text: str) -> str:
    return bound.plain(text)


def test_an_area_alone_has_its_own_sentences_and_rows(asked: Question) -> None:
    found = monitoring.monitoring(asked, "信都区", ["preschool"])
    assert {row[0].text for table in found.tables[1:] for row in table.rows} == {"信都区"}


def test_unknown_choices_are_refused_with_what_there_is(asked: Question) -> None:
    for make, words_ in (
        (lambda: monitoring.monitoring(asked, "雄安"), "雄安.*信都区"),
        (lambda: monitoring.monitoring(asked, None, ["sports"]), "sports.*preschool"),
        (lambda: circular.circular(asked, "bureau", 1999), "1999.*2022"),
        (lambda: circular.circular(asked, "school"), "school.*bureau"),
    ):
        with pytest.raises(Refused, match=words_):
            make()


def test_without_data_a_document_says_so(store: Any, asked: Question) -> None:
    empty = replace(asked, store=store)
    found = monitoring.monitoring(empty, None, ["research"])
    texts = [bound_plain(one.text) for one in found.blocks if isinstance(one, Paragraph)]
    assert any("市教研室" in text or "报送" in text for text in texts[1:]) and len(found.tables) == 1
    with pytest.raises(Refused, match="尚无考核数据，应由"):
        circular.circular(empty, "bureau")


def test_internal_indicators_stand_only_in_internal_documents(asked: Question) -> None:
    inside = replace(asked, viewer=replace(asked.viewer, internal=True))
    public, internal = (monitoring.monitoring(one, None, ["senior"]) for one in (asked, inside))
    assert len(public.tables) < len(internal.tables)
    assert not any("内部记录" in bound_plain(one.text) for one in public.blocks if isinstance(one, Paragraph))
    assert any("内部记录" in bound_plain(one.text) for one in internal.blocks if isinstance(one, Paragraph))


def test_ordinals() -> None:
    assert [ordinals.chinese(number) for number in (1, 10, 11, 20, 23)] == ["一", "十", "十一", "二十", "二十三"]
    assert [ordinals.roman(number) for number in (1, 4, 9, 11, 14)] == ["I", "IV", "IX", "XI", "XIV"]


# As LibreOffice draws it


@pytest.fixture
def pages(report: Content, tmp_path: Path) -> str:
    """The positions of all words of a document of plain text, page by page; the body's type is a substitute."""
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        pytest.skip("soffice and pdftotext draw the pages")
    text = "本行用于核对版心每面二十二行每行二十八字" * 100
    plain = replace(report, title="核对", blocks=(Paragraph(text),), sample=False)
    (tmp_path / "d.docx").write_bytes(word.docx_bytes(plain, Form()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "d.docx"],
        check=True,
        capture_output=True,
        timeout=300,
    )
    done = subprocess.run(["pdftotext", "-bbox-layout", tmp_path / "d.pdf", "-"], check=True, capture_output=True)
    return done.stdout.decode()


def test_a_page_has_22_lines_of_28_characters(pages: str) -> None:
    _before, _first, second, *_others = re.split(r"<page ", pages)
    width, height = re.findall(r'(?:width|height)="([\d.]+)"', second)[:2]
    assert (round(float(width)), round(float(height))) == (595, 842)
    lines: Counter[float] = Counter()
    left = []
    for x, y, text in re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</word>', second):
        lines[round(float(y))] += len(text)
        left.append(float(x))
    body = sorted(y for y, count in lines.items() if count > 5)
    assert len(body) == 22
    assert {lines[y] for y in body} == {28}
    assert all(abs(later - earlier - 29) <= 1 for earlier, later in zip(body, body[1:], strict=False))
    assert abs(min(left) - Mm(28).pt) < 3


def test_a_report_of_a_period_knows_no_later_figures_and_says_so(asked: Question) -> None:
    of_2020 = replace(asked, until=date(2020, 12, 31))
    content = monitoring.monitoring(of_2020, chosen=["preschool"])
    texts = [bound.plain(one.text) for one in content.blocks if isinstance(one, Paragraph)]
    assert "本报告统计截至2020年12月31日。" in texts[0]
    told = " ".join(texts)
    assert "2020/21学年" in told and not re.search(r"202[12]/\d\d学年|202[12]年", told.replace("2022年12月31日", ""))
    assert content.day == date(2022, 12, 31), "it is made on the day of the data, whatever it is about"
    file = word.docx_bytes(content, Form("", ""))
    assert read_back.checked(file, AskedAgain(of_2020)) == file
    with pytest.raises(Refused):
        read_back.checked(file, AskedAgain(replace(asked, until=date(2021, 12, 31))))


def test_a_period_that_ends_after_the_data_ends_with_them(asked: Question) -> None:
    assert replace(asked, until=date(2100, 1, 1)).day == asked.day
    assert replace(asked, as_of=date(2021, 1, 1), until=date(2021, 6, 30)).day == date(2021, 1, 1)
