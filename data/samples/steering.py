"""Invented rounds of supervision and meetings of the leading group, from the quarter after the plan was issued, and decisions.

The city keeps to its schedule but for one spring, 襄都区 leaves visits and circulars out, 开发区 did not report one quarter.
Most decisions were closed, one of them late; the one on public kindergartens is overdue, and one has time left.
"""

from random import Random

from data.samples.city import City
from data.samples.frame import DISTRICTS, WHOLE, Row, to_csv

HEADER = ("year", "term", "area", "kind", "scheduled", "held")
QUARTERS = [(year, term) for year in (2020, 2021, 2022) for term in (1, 2, 3, 4) if (year, term) >= (2020, 3)]
TERMS = {1: "第一季度", 2: "第二季度", 3: "第三季度", 4: "第四季度"}
SCHEDULED = {"调度": 3, "督导": 2, "观摩": 1, "通报": 1, "领导小组会议": 1}
NOT_REPORTED = ("开发区", 2021, 4)
# The quarter in which meetings of many people were not possible.
RESTRICTED = (2022, 2)

DECISION = (
    "decision_id", "indicator", "area", "task", "owner", "due_on", "decided_on", "meeting",
    "closed_on", "closed_by", "outcome",
)  # fmt: skip
OFFICE = "市政府督查室"
DECISIONS: tuple[Row, ...] = (
    ("20201016-01", "projects_opened_autumn_2020", "襄都区", "未如期启用的项目逐个排出赶工计划，年底前启用",
     "襄都区政府", "2020-12-31", "2020-10-16", "领导小组2020年第4次会议", "2021-01-12", OFFICE, "项目全部启用，比时限晚12天"),
    ("20201120-01", "inclusive_share", "襄都区", "认定一批普惠性民办园，缩小普惠性学位缺口",
     "襄都区教育局", "2021-08-31", "2020-11-20", "领导小组2020年第5次会议", "2021-08-25", OFFICE, "新认定普惠性民办园3所，缺口收窄"),
    ("20210915-01", "large_classes", None, "秋季起始年级一律按标准班额编班",
     "市教育局基础教育科", "2021-10-31", "2021-09-15", "领导小组2021年第3次会议", "2021-10-29", OFFICE, "起始年级无大班额"),
    ("20220408-01", "weak_subjects", None, "薄弱学科组织全市集中教研，期末复测",
     "市教研室", "2022-09-30", "2022-04-08", "领导小组2022年第1次会议", "2022-09-28", OFFICE, "集中教研6次，已复测"),
    ("20221020-01", "public_share", None, "两所大型幼儿园转为民办后，补足公办学位，公办园在园幼儿占比恢复到50%以上",
     "市教育局", "2023-08-31", "2022-10-20", "领导小组2022年第4次会议", None, None, None),
    ("20221020-02", "inclusive_share", "襄都区", "普惠性覆盖率达到80%并保持到“十五五”末",
     "襄都区政府", "2030-12-31", "2022-10-20", "领导小组2022年第4次会议", None, None, None),
)  # fmt: skip


def files(random: Random, city: City) -> dict[str, bytes]:
    """File name -> CSV bytes, in the order in which they must be published."""
    rows = [
        _row(random, year, term, area, kind)
        for year, term in QUARTERS
        for area in (WHOLE, *DISTRICTS)
        for kind in SCHEDULED
        if (area, year, term) != NOT_REPORTED
    ]
    return {"supervision.csv": to_csv(HEADER, rows), "decision.csv": to_csv(DECISION, DECISIONS)}


def _row(random: Random, year: int, term: int, area: str, kind: str) -> Row:
    scheduled = SCHEDULED[kind]
    more = kind == "领导小组会议" and (year * 4 + term + len(area)) % 4 == 0
    left_out = _left_out(random, year, term, area, kind)
    return year, TERMS[term], area, kind, scheduled, scheduled - left_out + more


def _left_out(random: Random, year: int, term: int, area: str, kind: str) -> bool:
    """Whether one of the rounds was not held."""
    if (year, term) == RESTRICTED:
        return kind in ("观摩", "督导")
    if area == "襄都区" and (year, term) > (2021, 1):
        return kind == "观摩" or (kind == "通报" and random.random() < 0.5)
    return (area, year, term, kind) == ("信都区", 2020, 3, "调度")
