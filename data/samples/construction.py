"""Invented school projects, their leaders, readiness and partnerships (clauses 1 to 3), and senior schools' partners (8).

信都区 finishes, 开发区 nearly, 襄都区 falls behind: one school waits built and empty through autumn 2020, one is open in
October, one stands still, one is not begun. Leaders are lost in 2021, and some reports never come.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data.samples.city import City
from data.samples.frame import YEARS, Row, institution_id, to_csv, yes_no
from data.samples.kindergartens import Kindergarten
from data.samples.schools import School

PROJECT = (
    "project_id", "project_name", "area", "main_urban", "kind", "attached_kindergarten", "in_plan", "responsible_level",
    "planned_start_on", "started_on", "planned_completion_on", "completed_on", "ready_on", "handed_over_on",
    "planned_opening_on", "opened_on", "cancelled_on", "places", "institution_id",
)  # fmt: skip
LEADER = ("project_id", "post", "person_id", "level", "assigned_on", "ended_on")
READINESS = (
    "project_id", "teachers_ready_on", "special_rooms_ready_on", "books_ready_on", "instruments_ready_on", "checked_on",
)  # fmt: skip
PARTNERSHIP = ("institution_id", "partner", "partner_place", "form", "signed_on", "ends_on")

LAST_DAY = date(2022, 12, 31)
PLACES = {"幼儿园": (180, 270, 360), "特殊教育学校": (160,)}
SCHOOL_PLACES = (1080, 1350, 1620, 2160)


@dataclass(frozen=True)
class Course:
    """A school's planned year of opening, and by how many days it began, was finished and opened late; None: not yet."""

    kind: str
    year: int
    begun: int | None
    finished: int | None = None
    opened: int | None = None
    remark: str = ""


COURSES = {
    "信都区": (
        Course("小学", 2018, 10, 0, 0), Course("小学", 2019, 0, 20, 0), Course("小学", 2019, 35, 120, 366),
        Course("初中", 2019, 50, 142, 366), Course("九年一贯制学校", 2020, 30, 45, 47), Course("小学", 2020, 0, -12, 0),
        Course("初中", 2021, 60, 90, 181), Course("高中", 2021, 0, 5, 0), Course("小学", 2021, 0, 0, 0),
        Course("小学", 2022, 0, 12, 0),
    ),
    "襄都区": (
        Course("小学", 2018, 0, 0, 0), Course("小学", 2019, 40, 150, 409), Course("初中", 2019, 21, 96, 547),
        Course("小学", 2019, 14, 88, 366, "no day of being fit"), Course("小学", 2020, 90, 120, 181, "rural"),
        Course("初中", 2020, 150, 300, 365), Course("完全中学", 2021, 200), Course("小学", 2021, None),
        Course("小学", 2022, 75, 139), Course("初中", 2020, None, None, None, "cancelled"),
    ),
    "开发区": (
        Course("小学", 2019, 0, 0, 0), Course("九年一贯制学校", 2020, 0, 0, 0), Course("初中", 2020, 20, 60, 30),
        Course("高中", 2021, 0, 30, 0), Course("小学", 2021, 45, 60, 184), Course("小学", 2022, 15, 40),
        Course("特殊教育学校", 2021, 0, 60, 34, "no planned days"),
    ),
}  # fmt: skip
CANCELLED_ON = date(2021, 4, 30)
# Estates whose kindergartens are not in the register of institutions: one is not open, of one the code was not entered.
ESTATES = (("襄都区", "示例春藤苑小区配套幼儿园", Course("幼儿园", 2022, 60)),
           ("开发区", "示例映山苑小区配套幼儿园", Course("幼儿园", 2022, 0, 10, 0)))  # fmt: skip


@dataclass(frozen=True)
class Project:
    """A project as the register knows it; the days that have not come are None."""

    number: int
    name: str
    area: str
    main_urban: bool
    course: Course
    attached: bool
    institution: int | None
    handing_over: int

    @property
    def code(self) -> str:
        return f"XM{self.course.year}-{self.number:02d}"

    @property
    def level(self) -> str:
        return "市级" if self.course.kind in ("高中", "完全中学", "特殊教育学校") else "区级"

    @property
    def planned(self) -> tuple[date, date, date]:
        """The planned days of beginning, finishing and opening."""
        year = self.course.year
        begun = date(year - 1, 8, 15) if self.course.kind == "幼儿园" else date(year - 1, 3, 15)
        return begun, date(year, 6, 30), date(year, 9, 1)

    @property
    def started_on(self) -> date | None:
        return _later(self.planned[0], self.course.begun)

    @property
    def completed_on(self) -> date | None:
        return _later(self.planned[1], self.course.finished)

    @property
    def opened_on(self) -> date | None:
        return _later(self.planned[2], self.course.opened)

    @property
    def handed_over_on(self) -> date | None:
        if self.completed_on is None:
            return None
        return min(self.completed_on + timedelta(self.handing_over), self.opened_on or LAST_DAY)

    @property
    def ready_on(self) -> date | None:
        if self.handed_over_on is None or self.course.remark == "no day of being fit":
            return None
        return min(self.handed_over_on + timedelta(18), self.opened_on or LAST_DAY)


def files(random: Random, city: City) -> dict[str, bytes]:
    """File name -> CSV bytes, in the order in which they must be published."""
    projects = _projects(random, city)
    return {
        "project.csv": to_csv(PROJECT, [_project_row(random, one) for one in projects]),
        "project_leader.csv": to_csv(LEADER, _leader_rows(projects)),
        "readiness.csv": to_csv(READINESS, _readiness_rows(random, projects)),
        "partnership.csv": to_csv(PARTNERSHIP, [*_new_school_rows(projects), *_senior_rows(city)]),
    }


def _later(planned: date, days: int | None) -> date | None:
    return None if days is None else planned + timedelta(days)


def _projects(random: Random, city: City) -> list[Project]:
    """Kindergartens that open in the register's years, new campuses of schools, and estates that nobody entered yet."""
    found: list[Project] = []
    for one in city.kindergartens:
        if one.children[0] is None:
            found.append(_kindergarten(random, one, len(found) + 1))
    for district, courses in COURSES.items():
        used: list[int] = []
        for course in courses:
            school = _school(city, district, course, used)
            found.append(_campus(random, school, district, course, len(found) + 1))
    for district, name, course in ESTATES:
        found.append(Project(len(found) + 1, f"{name}项目", district, True, course, True, None, random.randint(20, 40)))
    return found


def _kindergarten(random: Random, one: Kindergarten, number: int) -> Project:
    """A kindergarten opens on the day that the register has; every third should have opened a year before."""
    opens = YEARS[one.children.index(next(size for size in one.children if size))]
    late = number % 3 == 0
    year = opens - 1 if late else opens
    days = (date(opens, 9, 1) - date(year, 9, 1)).days
    finished = random.randint(60, 250) if late else random.randint(-15, 20)
    course = Course("幼儿园", year, random.randint(0, 60), finished, days, "" if one.main_urban else "rural")
    return Project(
        number, f"{one.name}新建项目", one.district, one.main_urban, course, True, one.number, random.randint(12, 30)
    )


def _school(city: City, district: str, course: Course, used: list[int]) -> School | None:
    """The school whose new campus it is: the next of its kind in the district's main urban area."""
    for one in city.schools[8:]:
        if (one.kind, one.district) == (course.kind, district) and one.main_urban and one.number not in used:
            used.append(one.number)
            return one
    return None


def _campus(random: Random, school: School | None, district: str, course: Course, number: int) -> Project:
    name = f"{school.name}新校区项目" if school else "示例启明学校新建项目"
    entered = school.number if school and course.opened is not None else None
    return Project(number, name, district, course.remark != "rural", course, False, entered, random.randint(20, 45))


def _project_row(random: Random, one: Project) -> Row:
    begins, finishes, opens = one.planned if one.course.remark != "no planned days" else (None, None, None)
    return (
        one.code, one.name, one.area, yes_no(one.main_urban), one.course.kind, yes_no(one.attached),
        yes_no(one.main_urban and one.course.remark != "no planned days"), one.level,
        begins, one.started_on, finishes, one.completed_on, one.ready_on, one.handed_over_on, opens, one.opened_on,
        CANCELLED_ON if one.course.remark == "cancelled" else None,
        random.choice(PLACES.get(one.course.kind, SCHOOL_PLACES)),
        institution_id(one.institution) if one.institution else None,
    )  # fmt: skip


def _leader_rows(projects: list[Project]) -> list[Row]:
    """A leader for what was not open when the plan came, until it opens; 襄都区 loses two in 2021 and replaces one."""
    rows: list[Row] = []
    for one in projects:
        if one.opened_on and one.opened_on < date(2020, 9, 30):
            continue
        post, person = _post(one), f"L{1 + one.number % 9:04d}"
        ended = CANCELLED_ON if one.course.remark == "cancelled" else one.opened_on
        if one.course.kind == "完全中学":
            ended = date(2021, 6, 30)
        if one.course.begun is None and one.course.remark != "cancelled":
            rows.append((one.code, "襄都区副区长", "L0011", one.level, date(2022, 5, 1), None))
            ended = date(2021, 11, 30)
        rows.append((one.code, post, person, one.level, date(2020, 8, 15) + timedelta(one.number % 5), ended))
        if one.course.kind == "高中":
            rows.append((one.code, f"{one.area}教育局局长", f"L{20 + one.number:04d}", "区级", date(2020, 9, 1), ended))
    return rows


def _post(one: Project) -> str:
    if one.level == "市级":
        return ("市政府副市长", "市教育局局长", "市政府副秘书长")[one.number % 3]
    if one.area == "开发区":
        return f"{one.area}管委会{('主任', '副主任')[one.number % 2]}"
    return f"{one.area}政府{('区长', '副区长')[one.number % 2]}"


def _readiness_rows(random: Random, projects: list[Project]) -> list[Row]:
    """What was handed over from the middle of 2019 on; some reports never came, those of the last months came too early."""
    rows: list[Row] = []
    for one in projects:
        handed = one.handed_over_on
        if handed is None or handed < date(2019, 7, 1) or handed > date(2022, 12, 1) or one.number % 13 == 5:
            continue
        days = [random.randint(0, 60), random.randint(30, 150), random.randint(20, 120), random.randint(40, 165)]
        checked = handed + timedelta(200)
        if one.area == "襄都区" and one.number % 3:
            days[3] += 60 + one.number % 7 * 15
        if one.area == "开发区" and one.course.kind == "小学" and handed > date(2021, 6, 30):
            days[2] += 130  # the books of 2021 came late
        if one.area == "襄都区" and one.number % 5 == 3:
            days[1] = 999  # not in place at the check
        checked = min(max(checked, handed + timedelta(max(day for day in days if day < 999))), date(2022, 12, 15))
        if checked < handed + timedelta(190):
            days[3] = 999
        in_place = [handed + timedelta(day) for day in days]
        rows.append((one.code, *(day if day <= checked else None for day in in_place), checked))
    return rows


def _new_school_rows(projects: list[Project]) -> list[Row]:
    """Good schools that bring up new ones: most in 信都区, few in 襄都区; one agreement runs out."""
    rows: list[Row] = []
    forms = ("名校带新校", "集团化办学", "联合办学", "选派校长")
    schools = [one for one in projects if one.institution and one.opened_on and not one.attached]
    for index, one in enumerate(schools):
        if one.area == "襄都区" and index % 3 != 1:
            continue
        opened = one.opened_on or LAST_DAY
        signed = max(opened - timedelta(40), date(2020, 7, 30)) + timedelta(index * 11 % 160)
        ends = date(2022, 7, 31) if index == 6 else signed.replace(year=signed.year + 3)
        partner = f"示例名校{'甲乙丙丁'[index % 4]}"
        rows.append((institution_id(one.institution or 0), partner, "市内", forms[index % 4], signed, ends))
    return rows


def _senior_rows(city: City) -> list[Row]:
    """Senior schools with partners outside the city: 4 at the end of 2019, 9 a year later, 14 after two and after three."""
    rows: list[Row] = []
    forms = ("冠名联合办班", "师资派驻", "名师指导", "跟岗培训", "资源共享")
    for index, one in enumerate(city.schools_of("高中")):
        order = index * 7 % 20  # so that the districts come in turn
        year = 2019 if order < 4 else 2020 if order < 9 else 2021
        if order >= 14:
            continue
        place = ("省内市外", "省外")[order % 2]
        partner = f"示例{('省城', '外省')[order % 2]}高级中学{order // 2 + 1}部"
        signed = date(year, 3 + order % 9, 10 + order)
        code = institution_id(one.number)
        rows.append((code, partner, place, forms[order % 5], signed, signed.replace(year=year + 4)))
        if order % 4 == 0:  # a second form with the same partner, in 2022: more partnerships, but not more schools
            rows.append((code, partner, place, forms[(order + 2) % 5], date(2022, 4, 12), None))
    return rows
