"""Pictures of charts: where marks and words lie in them, in the figure's own numbers, and in which fonts."""

import logging
import re
from collections.abc import Iterator
from html import escape
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest
from PIL import Image

from data import words
from data.problem import Refused
from data.store import Store
from pages.display import colours, pictures
from pages.display.figures import look
from pages.display.pictures import fonts, lettering, palettes, scales
from pages.display.pictures import raster as in_fonts
from queries import answers
from queries.catalogue import catalogue
from tests.pages.display import made
from tests.pages.display.test_figures import DRAWINGS, INTERNAL, PARTS, texts

SVG = "{http://www.w3.org/2000/svg}"
BAD = "<script>alert('示例')</script> & \"x\""
GROUNDS = ("light", "dark")
# A letter is about half as wide as its type is high, a Chinese character as wide: what `look.width` counts.
HALF = 0.5


def dressed(*traces: object, title: str = "标题", sample: bool = False, **layout: object) -> go.Figure:
    figure = go.Figure(list(traces))
    look.dress_rows(figure, title, "单位：人 · 第 27 条", sample=sample, plot_height=200)
    figure.update_layout(margin={"l": 100, "r": 100}, **layout)
    return figure


def parsed(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def said(drawn: str) -> str:
    return "\n".join("".join(one.itertext()) for one in parsed(drawn).iter(f"{SVG}text"))


def rectangles(drawn: str, colour: str) -> list[dict[str, float]]:
    return [
        {name: float(one.get(name, "")) for name in ("x", "y", "width", "height")}
        for one in parsed(drawn).iter(f"{SVG}rect")
        if one.get("fill") == colour
    ]


def rows(drawn: str) -> Iterator[tuple[float, float, float, float, str]]:
    """Left, top, right, bottom and text of every line of type that is not turned, by `look.width`."""
    for text in parsed(drawn).iter(f"{SVG}text"):
        size = float(text.get("font-size", ""))
        for row in [one for one in text.findall(f"{SVG}tspan") if one.get("x") and not text.get("transform")]:
            words_ = "".join(row.itertext())
            wide, x, y = look.width(words_) * HALF * size, float(row.get("x", "")), float(row.get("y", ""))
            left = x - {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor", "")]
            yield left, y - 0.8 * size, left + wide, y + 0.2 * size, words_


def faults(drawn: str) -> list[str]:
    """Lines of type that leave the picture, and pairs that lie on each other."""
    width, height = map(float, parsed(drawn).get("viewBox", "").split()[2:])
    every = list(rows(drawn))
    outside = [one[4] for one in every if one[0] < -2 or one[1] < -2 or one[2] > width + 2 or one[3] > height + 2]
    return outside + [
        f"{one[4]} | {other[4]}"
        for index, one in enumerate(every)
        for other in every[index + 1 :]
        if min(one[2], other[2]) - max(one[0], other[0]) > 4 and min(one[3], other[3]) - max(one[1], other[1]) > 4
    ]


# Marks


def test_columns_are_as_high_as_their_values_and_stand_on_the_axis() -> None:
    figure = dressed(go.Bar(x=[1, 2, 4], y=[10, 30, 20], marker_color="#12355b"))
    figure.update_yaxes(range=[0, 40])
    found = rectangles(pictures.svg(figure), "#12355b")
    assert [one["height"] for one in found] == pytest.approx([50, 150, 100])
    assert len({one["y"] + one["height"] for one in found}) == 1
    left, middle, right = (one["x"] + one["width"] / 2 for one in found)
    assert right - middle == pytest.approx(2 * (middle - left), abs=0.05)


@pytest.mark.parametrize("mode", ["stack", "group", "overlay"])
def test_columns_of_several_traces_stand_as_the_figure_says(mode: str) -> None:
    traces = (go.Bar(x=[1, 2], y=[10, 20], marker_color=shade) for shade in ("#12355b", "#3f78bb"))
    drawn = pictures.svg(dressed(*traces, barmode=mode))
    (first, _next), (other, _last) = rectangles(drawn, "#12355b"), rectangles(drawn, "#3f78bb")
    on_top, beside = other["y"] < first["y"], other["x"] > first["x"]
    assert (on_top, beside) == {"stack": (True, False), "group": (False, True), "overlay": (False, False)}[mode]
    if mode == "group":
        assert first["x"] + first["width"] == pytest.approx(other["x"], abs=0.02)


def test_a_lying_column_begins_at_its_base_and_is_hatched() -> None:
    pattern = {"shape": "/", "fgcolor": "white"}
    bar = go.Bar(x=[-5], base=[15], y=[0], orientation="h", width=0.5, marker={"color": "#00695c", "pattern": pattern})
    figure = dressed(bar)
    figure.update_xaxes(range=[0, 20])
    [found] = rectangles(pictures.svg(figure), "#00695c")
    assert (found["x"], found["width"]) == pytest.approx((8 + 100 + 784 / 2, 784 / 4))
    assert "l" in str([one.get("d") for one in parsed(pictures.svg(figure)).iter(f"{SVG}path")])


@pytest.mark.parametrize(("ends", "place"), [([0, 10], 0.25), ([10, 0], 0.75)])
def test_a_point_lands_where_its_axis_says(ends: list[float], place: float) -> None:
    figure = dressed(go.Scatter(x=[2.5], y=["乙"], mode="markers", marker_color="#7b3fa0"))
    figure.update_xaxes(range=ends)
    figure.update_yaxes(range=[0, 2], categoryarray=["甲", "乙", "丙"], categoryorder="array", automargin=False)
    [point] = parsed(pictures.svg(figure)).iter(f"{SVG}circle")
    assert float(point.get("cx", "")) == pytest.approx(108 + place * 784)
    room = float(parsed(pictures.svg(figure)).get("height", ""))
    assert room / 4 < float(point.get("cy", "")) < room * 3 / 4


def test_days_lie_in_their_order_and_years_have_ticks() -> None:
    figure = dressed(go.Scatter(x=["2020-01-01", "2022-01-01"], y=[1, 2], mode="markers"))
    figure.update_xaxes(type="date", range=["2019-01-01", "2023-01-01"], dtick="M12", tickformat="%Y")
    drawn = pictures.svg(figure)
    first, last = (float(one.get("cx", "")) for one in parsed(drawn).iter(f"{SVG}circle"))
    assert last - first == pytest.approx(784 * 731 / 1461, abs=0.1)
    assert {"2019", "2020", "2021", "2022", "2023"} <= set(said(drawn).split("\n"))


def test_a_gap_breaks_a_line_and_what_is_beyond_the_axis_is_cut_off() -> None:
    figure = dressed(go.Scatter(x=[0, 1, None, 2, 9], y=[1, 2, None, 1, 2], mode="lines"))
    figure.update_xaxes(range=[0, 3])
    drawn = pictures.svg(figure)
    [inner] = parsed(drawn).findall(f"{SVG}svg")
    [line] = inner.iter(f"{SVG}path")
    assert line.get("d", "").count("M") == 2
    assert float(inner.get("width", "")) == 784


def test_shapes_lie_at_values_and_at_shares_of_their_axis() -> None:
    figure = dressed(go.Scatter(x=[0, 10], y=[0, 10], mode="lines"))
    figure.update_xaxes(range=[0, 10])
    figure.update_yaxes(range=[0, 10])
    figure.add_vline(5, line={"color": "#a3285f", "width": 3})
    figure.add_hrect(2, 4, fillcolor="#9a6a00", opacity=0.5, line_width=0, layer="below")
    drawn = pictures.svg(figure)
    [upright] = [one for one in parsed(drawn).iter(f"{SVG}path") if one.get("stroke") == "#a3285f"]
    assert upright.get("d", "").startswith(f"M{108 + 392} ")
    [band] = rectangles(drawn, "#9a6a00")
    assert (band["width"], band["height"]) == pytest.approx((784, 40))


def test_intervals_reach_to_both_sides() -> None:
    error = {"type": "data", "array": [2], "color": "#c2571a", "width": 4}
    figure = dressed(go.Scatter(x=[5], y=[1], mode="markers", error_x=error))
    figure.update_xaxes(range=[0, 10])
    [line] = [one for one in parsed(pictures.svg(figure)).iter(f"{SVG}path") if one.get("stroke") == "#c2571a"]
    low, high = (float(one) for one in re.findall(r"M([\d.]+) .*H([\d.]+)", line.get("d", ""))[0])
    assert (low, high) == pytest.approx((108 + 784 * 0.3, 108 + 784 * 0.7))


@pytest.mark.parametrize(
    ("trace", "change"),
    [
        (go.Pie(values=[1]), {}),
        (go.Scatter(x=[1], y=[1], fill="tozeroy"), {}),
        (go.Scatter(x=[1], y=[1], mode="markers", marker_symbol="star"), {}),
        (go.Scatter(x=[1, 2], y=[1, 2], line_dash="2px"), {}),
        (go.Scatter(x=[1, 2], y=[1, 2], line_shape="hv"), {}),
        (go.Scatter(x=[1], y=[1], marker_color="hsl(0,100%,50%)"), {}),
        (go.Bar(x=[1], y=[1], text=["1"], textposition="auto"), {}),
        (go.Bar(x=[1], y=[1]), {"barmode": "relative"}),
        (go.Bar(x=[1], y=[1]), {"yaxis_tickformat": ".3s"}),
        (go.Bar(x=[1], y=[1]), {"shapes": [{"type": "circle", "x0": 0, "x1": 1, "y0": 0, "y1": 1}]}),
        (go.Bar(x=[1], y=[1]), {"annotations": [{"text": "→", "x": 1, "y": 1, "showarrow": True, "name": "arrow"}]}),
    ],
)
def test_what_is_not_drawn_is_refused_and_does_not_vanish(trace: object, change: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        figure = go.Figure(trace)
        look.dress_rows(figure, "标题", "出处", sample=False)
        figure.update_layout(change)
        pictures.svg(figure)


# Axes


@pytest.mark.parametrize(
    ("low", "high", "nticks", "ticks"),
    [(0, 112, 6, [0, 20, 40, 60, 80, 100]), (0, 9, 5, [0, 2, 4, 6, 8]), (-0.7, 0.7, 8, [-0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6]),
     (108, 0, 6, [0, 20, 40, 60, 80, 100])],
)  # fmt: skip
def test_ticks_are_round_numbers(low: float, high: float, nticks: int, ticks: list[float]) -> None:
    axis = scales.Axis(scales.Scale("y", {"nticks": nticks}), 300, 0, low, high)
    assert [number for number, _text in axis.ticks()] == pytest.approx(ticks)


@pytest.mark.parametrize(
    ("form", "number", "text"),
    [(",.0f", 12000, "12,000"), (",.2~f", 0.5, "0.5"), (",.2~f", 20, "20"), ("+.2~f", 0.25, "+0.25"), ("+.2~f", -0.5, "−0.5"),
     (".1f", 0.2, "0.2"), (",.0f", -0.2, "0"), ("+.2~f", 0, "+0")],
)  # fmt: skip
def test_numbers_are_written_in_the_figures_forms(form: str, number: float, text: str) -> None:
    assert scales.formatted(number, form) == text


# Words


def test_the_little_html_of_figures_is_read_and_all_else_is_text() -> None:
    html = "<b>甲&lt;乙</b><br>&amp; <span style='color:#00695c'>● <i>丙</i></span><sub>2</sub><u>x</u>"
    first, second = lettering.lines(html)
    assert [(run.text, run.bold) for run in first] == [("甲<乙", True)]
    assert [(run.text, run.colour, run.italic, run.level) for run in second] == [
        ("& ", "", False, ""), ("● ", "#00695c", False, ""), ("丙", "#00695c", True, ""), ("2", "", False, "sub"),
        ("<u>x</u>", "", False, ""),
    ]  # fmt: skip


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_name_with_html_is_text_everywhere(ground: palettes.Ground) -> None:
    figure = dressed(
        go.Scatter(x=[1], y=[escape(BAD)], mode="markers+text", text=[escape(BAD)], textposition="top center"),
        title=BAD,
    )
    look.beside(figure, f"<b>{escape(BAD)}</b>", x=0.5, y=0.5)
    drawn = pictures.svg(figure, state=BAD, ground=ground)
    assert {one.tag.removeprefix(SVG) for one in parsed(drawn).iter()} <= {
        "svg",
        "rect",
        "text",
        "tspan",
        "path",
        "circle",
    }
    assert "<script" not in drawn and "href" not in drawn and "url(" not in drawn
    assert re.sub(r"\s", "", said(drawn)).count(re.sub(r"\s", "", BAD)) >= 4


def test_a_control_character_does_not_break_the_picture() -> None:
    assert "甲乙" in said(pictures.svg(dressed(go.Bar(x=[1], y=[1]), title="甲\x00\x08乙")))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_whole_picture_says_title_source_state_and_that_data_are_invented(language: str) -> None:
    words.use(language)
    title = "主城区 2020 年底：普惠性幼儿园在园幼儿占比 82.3 %，达标；信都区 76.1 %，还差 412 个学位，其他区均已达标，较上年有明显提高"
    figure = dressed(go.Bar(x=[1], y=[1]), title=title, sample=True)
    words.use("zh_CN" if language == "en" else "en")  # the figure's own words count, whoever asks for the picture
    drawn = pictures.svg(figure, state="数据状态：截至2026年11月27日，版本 12")
    spoken = said(drawn)
    assert title.replace(" ", "") in re.sub(r"\s", "", spoken)
    assert "单位：人 · 第 27 条" in spoken and "版本 12" in spoken
    assert {"zh_CN": "示例数据", "en": "sample data"}[language] in spoken
    assert faults(drawn) == []


def test_a_bare_picture_has_no_title_foot_or_mark_and_fills_its_room() -> None:
    figure = dressed(go.Bar(x=[1], y=[1], marker_color="#12355b"), sample=True)
    whole = pictures.bare(figure, 1920, 900, type_scale=2)
    assert "标题" not in said(whole) and "单位" not in said(whole) and "示例数据" not in said(whole)
    assert (parsed(whole).get("width"), parsed(whole).get("viewBox")) == ("1920", "0 0 960 450")
    assert parsed(pictures.bare(figure, 1920, 90, type_scale=2)).get("height") == "90"
    assert said(pictures.bare(look.undressed(figure).figure, 1920, 900)) == said(pictures.bare(figure, 1920, 900))


def drawings(store: Store) -> Iterator[go.Figure]:
    """Every kind of figure of an indicator, over some indicators of the sample data and over answers made by hand."""
    for name in sorted(catalogue())[::9]:
        found = answers.answer(store, name, viewer=INTERNAL)
        yield from (draw(found) for draw in DRAWINGS.values())
    yield from (draw(made.everywhere(parts=PARTS, sample=True)) for draw in DRAWINGS.values())


def test_figures_of_the_sample_data_are_pictures_with_all_their_words(samples: Store) -> None:
    words.use("zh_CN")
    for figure in drawings(samples):
        light = pictures.svg(figure, state="12")
        dark = pictures.bare(figure, 1920, 860, ground="dark", type_scale=2.2)
        assert (faults(light), faults(dark)) == ([], []), figure.layout.meta["title"]
        spoken = re.sub(r"\s", "", said(light))
        notes = [str(one.text) for one in figure.layout.annotations]
        missing = [one for one in notes if re.sub(r"\s", "", lettering.plain(one)) not in spoken]
        assert missing == []


def test_words_of_every_trace_are_there() -> None:
    drawn = pictures.svg(DRAWINGS["composition"](made.answer(parts=PARTS)))
    expected = {"50.0%", "60.0%", "15.0%"}
    assert expected <= set(said(drawn).split("\n")) and any(
        "50.0%" in one for one in texts(DRAWINGS["composition"](made.answer(parts=PARTS)))
    )


# Grounds


@pytest.mark.parametrize(
    "shade", [colours.TEXT, colours.SOFT_TEXT, colours.WHOLE, *(colours.part(n) for n in range(7)), "#c2571a"]
)
def test_colours_are_as_clear_on_the_dark_ground_as_on_white(shade: str) -> None:
    ground, white = (palettes._read(one)[0] for one in (palettes.GROUNDS["dark"], "#ffffff"))
    dark = palettes._read(palettes.colour(shade, "dark")[0])[0]
    wanted = max(palettes.contrast(palettes._read(shade)[0], white), palettes.LEAST)
    assert palettes.contrast(dark, ground) == pytest.approx(wanted, rel=0.05)
    assert palettes.colour(shade, "light") == (shade, 1.0)


def test_white_becomes_the_dark_ground_and_veils_stay_veils() -> None:
    assert palettes.colour("white", "dark") == (palettes.GROUNDS["dark"], 1.0)
    assert palettes.colour(look.VEIL, "dark") == (palettes.GROUNDS["dark"], 0.85)


# Fonts and files


def chinese() -> fonts.Font:
    able = [one for one in fonts.installed(fonts.folders()) if all(map(one.has, in_fonts.PROBE))]
    if not able:
        pytest.skip("this machine has no Chinese font")
    return able[0]


PLAIN = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30" font-family="sans-serif"><text x="5" y="20">{}</text></svg>'


def test_without_a_chinese_font_no_picture_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    with pytest.raises(Refused, match="Install one"):
        pictures.png(PLAIN.format("国"), places=(tmp_path,))


def test_another_font_is_named_in_the_log_once_and_draws_no_boxes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    found = chinese()
    (tmp_path / found.path.name).symlink_to(found.path)
    monkeypatch.setattr(in_fonts, "FAMILIES", ("Nowhere Sans",))
    in_fonts._tell.cache_clear()
    with caplog.at_level(logging.WARNING):
        one, other, again = (pictures.png(PLAIN.format(sign), places=(tmp_path,)) for sign in "国园国")
    assert one == again != other, "two boxes would be the same"
    [told] = caplog.messages
    assert found.families[0].split()[0] in told and "Nowhere Sans" in told


def test_a_sign_that_no_font_has_is_marked_as_missing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    found = chinese()
    (tmp_path / found.path.name).symlink_to(found.path)
    unknown, marked = (
        pictures.png(PLAIN.format(sign), places=(tmp_path,)) for sign in ("\U000f1234", in_fonts.MISSING)
    )
    assert unknown == marked and "U+F1234" in caplog.text


def test_a_sign_of_another_font_leaves_its_line_as_it_is() -> None:
    able = [one for one in fonts.installed(fonts.folders()) if one.has("↩") and one.has("A") and not one.has("国")]
    if chinese().has("↩") or not able:
        pytest.skip("no font of this machine has what the Chinese one lacks")
    plain, mixed = (Image.open(BytesIO(pictures.png(PLAIN.format(text)))) for text in ("AB", "AB↩"))
    letters = (0, 0, 50, 60)
    assert plain.crop(letters).tobytes() == mixed.crop(letters).tobytes()


def test_names_of_files_are_no_paths_and_differ() -> None:
    assert pictures.names(["../../etc/passwd", "a/b", "A-b", "con", "..", "示例|学校?"]) == [
        "etc-passwd", "a-b", "A-b-2", "_con", "figure", "示例-学校",
    ]  # fmt: skip


def test_pictures_of_many_figures_are_files(tmp_path: Path) -> None:
    chinese()
    figure = dressed(go.Bar(x=[1], y=[1]))
    written = pictures.write({"甲": figure, "../甲": figure}, tmp_path / "new", state="12")
    assert [one.relative_to(tmp_path).as_posix() for one in written] == [
        "new/甲.png", "new/甲.svg", "new/甲-2.png", "new/甲-2.svg",
    ]  # fmt: skip
    assert written[0].read_bytes().startswith(b"\x89PNG") and parsed(written[1].read_text("utf-8")) is not None
