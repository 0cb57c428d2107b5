"""English for words that data hold in Chinese; a Chinese reader gets them as they stand, as does a word not listed here."""

from collections.abc import Mapping

from data.words import _, pick

SUBJECTS = {
    "语文": "Chinese",
    "数学": "Mathematics",
    "英语": "English",
    "物理": "Physics",
    "化学": "Chemistry",
    "生物": "Biology",
    "政治": "Politics",
    "历史": "History",
    "地理": "Geography",
    "科学": "Science",
    "信息技术": "Information technology",
    "体育": "Physical education",
    "音乐": "Music",
    "美术": "Art",
}
STAGES = {
    "学前": "Preschool",
    "小学": "Primary",
    "初中": "Junior",
    "高中": "Senior",
}
GRADES = {
    "高一": "Senior 1",
    "高二": "Senior 2",
    "高三": "Senior 3",
    "初一": "Junior 1",
    "初二": "Junior 2",
    "初三": "Junior 3",
    "七年级": "Grade 7",
    "八年级": "Grade 8",
    "九年级": "Grade 9",
}
LEVELS = {
    "国家级": "national",
    "省级": "provincial",
    "市级": "city",
    "区级": "district",
}
ITEM_KINDS = {"选择题": "Choice", "填空题": "Gap", "解答题": "Worked answer", "其他": "Other"}
ABILITIES = {
    "识记": "recall",
    "了解": "awareness",
    "理解": "understanding",
    "掌握": "command",
    "应用": "application",
    "分析": "analysis",
    "综合": "synthesis",
    "评价": "evaluation",
    "探究": "inquiry",
}
TRACKS = {
    "物理类": "physics track",
    "历史类": "history track",
    "理科": "science track",
    "文科": "arts track",
    "全部": "all tracks",
}
SERIES = {"全市联考": "City joint exams", "月考": "Monthly exams"}
LINES = {
    "特控线": "special control line",
    "本科线": "undergraduate line",
    "一本线": "first-tier line",
    "二本线": "second-tier line",
}
REPORTS = {"质量监测报告": "Monitoring report", "联考分析报告": "Exam analysis"}


def subject(name: str | None) -> str:
    """A subject; what names none says so."""
    return _known(SUBJECTS, name) if name else _("not stated")


def stage(name: str) -> str:
    return _known(STAGES, name)


def grade(name: str) -> str:
    return _known(GRADES, name)


def level(name: str) -> str:
    return _known(LEVELS, name)


def item_kind(kind: str) -> str:
    return _known(ITEM_KINDS, kind)


def ability(name: str) -> str:
    return _known(ABILITIES, name)


def track(name: str) -> str:
    """A track; pupils without one say so."""
    return _known(TRACKS, name) if name else _("no track")


def series(name: str) -> str:
    """A series of exams that can be compared."""
    return _known(SERIES, name)


def line(name: str) -> str:
    """A line on the total of an exam."""
    return _known(LINES, name)


def cohort(name: str) -> str:
    """The pupils who leave in a year: 2023届, class of 2023."""
    year = name.removesuffix("届")
    return pick({"zh": name, "en": f"class of {year}" if year.isascii() else name})


def report(kind: str) -> str:
    return _known(REPORTS, kind)


def _known(words: Mapping[str, str], name: str) -> str:
    return pick({"zh": name, "en": words.get(name, name)})
