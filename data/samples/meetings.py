"""The invented agenda of a leading group's meeting: where the plan stands, and what is worst."""

from random import Random

from data.samples.city import City
from data.samples.frame import Row, to_csv

AGENDA = ("agenda", "held_on", "position", "title", "link", "parts", "minutes")
NAME, DAY = "示例：2022年第四季度领导小组会议", "2022-12-28"
ITEMS = (
    ("方案总体进展", "overview", "overview overview-2 overview-3", 5),
    ("学前教育：普惠与公办", "preschool", "inclusive_share-areas public_share-areas planner", 10),
    ("学校建设", "construction", "", 10),
    ("义务教育：校际均衡", "compulsory?stage=小学", "", 10),
    ("年度考核", "appraisal?body=government&year=2022", "", 10),
)


def files(_random: Random, _city: City) -> dict[str, bytes]:
    """File name -> CSV bytes."""
    rows: list[Row] = [
        (NAME, DAY, place, title, link, parts, minutes) for place, (title, link, parts, minutes) in enumerate(ITEMS, 1)
    ]
    return {"agenda.csv": to_csv(AGENDA, rows)}
