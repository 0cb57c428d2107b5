"""Invented funding, mentoring, awards and leaders of senior schools (clauses 4 to 9).

Funding per pupil of the key senior schools rises every year, but one school falls back in 2022; recruitment too falls
back then. The Development Zone lacks leaders for its schools until 2022, and its retention of 2020 was never reported.
"""

from datetime import date
from random import Random

from data.samples.city import City
from data.samples.frame import DISTRICTS, YEARS, Row, between, institution_id, to_csv, yes_no
from data.samples.schools import School

FUNDING = ("year", "institution_id", "kind", "amount")
MENTORING = ("school_year", "institution_id", "grade", "form", "running", "started_on", "pupils", "teachers")
RETENTION = ("year", "institution_id", "top_leavers", "stayed", "left_city", "otherwise", "rule")
AWARD = ("year", "institution_id", "discipline", "contest", "level", "prize", "awards")
ADMISSION = ("year", "institution_id", "candidates", "tsinghua_peking", "first_class", "reward_paid")
SPECIALITY = ("institution_id", "speciality", "named_in_plan", "recognised_on", "level", "recognised_by")
RECRUITMENT = ("year", "teacher_id", "institution_id", "post", "origin", "subject", "joined_on", "left_on")
LEADER = ("institution_id", "post", "person_id", "level", "assigned_on", "ended_on")

FIRST_YEAR, LAST_YEAR = 2019, YEARS[-1]
# Yuan per pupil by kind, and how all kinds grow from 2019 on; the fourth key school falls back in the last year.
PER_PUPIL = {"人员经费": 9800, "公用经费": 1750, "项目经费": 1300}
GROWTH, FALLING, FALL = (1.00, 1.035, 1.08, 1.12), 3, 0.90

GRADES_AND_FORMS = {"高一": "班级培养", "高二": "小组培养", "高三": "一对一培养"}
# Pupils and teachers of a form, and in which school year the key schools ran it, school by school; None: no return.
MENTORED = {"班级培养": (110, 14), "小组培养": (72, 18), "一对一培养": (24, 20)}
RUNNING: dict[str, tuple[int | None, ...]] = {
    "高一": (2020, 2020, 2020, 2021, 2021),
    "高二": (2020, 2020, 2021, 2021, 2022),
    "高三": (2020, 2021, 2022, 2022, None),
}

TOP_SHARE, RULE = 0.05, "中考总分全市前5%"
STAYED = {"信都区": (0.72, 0.76, 0.80, 0.83), "襄都区": (0.68, 0.70, 0.69, 0.66), "开发区": (0.70, 0.73, 0.75, 0.79)}
NOT_REPORTED = (2020, "开发区")

CONTESTS = {
    "数学": "全国中学生数学奥林匹克竞赛（预赛）",
    "物理": "全国中学生物理竞赛（预赛）",
    "化学": "全国中学生化学奥林匹克竞赛（初赛）",
    "生物": "全国中学生生物学联赛",
    "信息学": "全国青少年信息学奥林匹克联赛",
    "科技创新": "青少年科技创新大赛",
    "体育": "中学生田径锦标赛",
    "艺术": "中小学生艺术展演",
}
# Awards of a key school in 2019 and what is added each year; sport falls.
AWARDS = {
    "数学": (5, 1), "物理": (4, 1), "化学": (4, 1), "生物": (3, 1), "信息学": (2, 1),
    "科技创新": (3, 2), "体育": (9, -2), "艺术": (6, 1),
}  # fmt: skip
# Admissions of the key schools by year from 2019 on.
TSINGHUA_PEKING = ((5, 6, 8, 7), (3, 4, 4, 4), (2, 3, 3, 2), (1, 0, 1, 1), (1, 1, 2, 1))
REWARD = 500_000

# Places among the schools with a senior stage, or (from 100 on) with a junior one, of the schools that the plan names.
NAMED = (
    (2, "外语", date(2020, 12, 18), "省级"),
    (4, "艺术", date(2021, 6, 18), "市级"),
    (6, "体育", date(2021, 9, 24), "市级"),
    (8, "科技", date(2022, 4, 15), "省级"),
    (11, "艺术", None, None),
    (100, "外语", date(2022, 11, 25), "市级"),
)
NOT_NAMED = ((13, "体育", date(2021, 12, 10), "市级"), (105, "科技", None, None))

# Recruited by year: principals and vice-principals, teachers of key schools, teachers of others.
RECRUITED = {2020: (2, 7, 5), 2021: (3, 12, 9), 2022: (1, 9, 8)}
SUBJECTS = ("数学", "物理", "语文", "英语", "化学", "生物", "信息技术")

OFFICES = {"信都区": "信都区教育局", "襄都区": "襄都区教育局", "开发区": "开发区社会发展局"}
POSTS = ("局长", "副局长", "副局长（分管教学）", "督学", "办公室主任")
CITY_POSTS = ("市教育局局长", "市教育局副局长", "市教育局副局长（分管高中）", "市教育局二级调研员")
# From when on the schools of a district have leaders; one in so many has none yet, and some have lost theirs.
ASSIGNED = {"信都区": date(2020, 8, 15), "襄都区": date(2020, 8, 20), "开发区": date(2021, 3, 10)}
WITHOUT_ONE_IN = {"信都区": 11, "襄都区": 14, "开发区": 3}
LATER = date(2021, 9, 6)
LOST_ONE_IN, LOST_ON = 25, date(2022, 6, 30)


def files(random: Random, city: City) -> dict[str, bytes]:
    """File name -> CSV bytes, in the order in which they must be published."""
    return {
        "funding.csv": to_csv(FUNDING, _funding(random, city)),
        "mentoring.csv": to_csv(MENTORING, _mentoring(city)),
        "retention.csv": to_csv(RETENTION, _retention(random, city)),
        "award.csv": to_csv(AWARD, _awards(random, city)),
        "admission.csv": to_csv(ADMISSION, _admissions(random, city)),
        "speciality.csv": to_csv(SPECIALITY, _specialities(city)),
        "recruitment.csv": to_csv(RECRUITMENT, _recruitment(city)),
        "leader_assignment.csv": to_csv(LEADER, _leaders(city)),
    }


def _code(school: School) -> str:
    return institution_id(school.number)


def _years() -> range:
    return range(FIRST_YEAR, LAST_YEAR + 1)


def _funding(random: Random, city: City) -> list[Row]:
    """The key schools from 2019 on, and two other senior schools, which the indicator must leave out."""
    rows: list[Row] = []
    others = [one for one in city.schools_of("高中") if not one.key_senior][:2]
    for position, school in enumerate([*city.key_senior_schools, *others]):
        own = between(random, 0.93, 1.10)
        for year, growth in zip(_years(), GROWTH, strict=True):
            fall = FALL if (position, year) == (FALLING, LAST_YEAR) else 1.0
            pupils = school.pupils["高中"][YEARS.index(year)]
            for kind, amount in PER_PUPIL.items():
                rows.append((year, _code(school), kind, round(amount * own * growth * fall * pupils / 1000) * 1000))
    return rows


def _mentoring(city: City) -> list[Row]:
    rows: list[Row] = []
    for year in range(2020, LAST_YEAR + 1):
        for position, school in enumerate(city.key_senior_schools):
            for grade, form in GRADES_AND_FORMS.items():
                begun = RUNNING[grade][position]
                if begun is not None:
                    rows.append((year, _code(school), grade, form, *_run(form, position, begun, year)))
    return rows


def _run(form: str, position: int, begun: int, year: int) -> Row:
    """running, started_on, pupils, teachers. The last school of all mentors few pupils one to one."""
    if year < begun:
        return (yes_no(False), None, None, None)
    pupils, teachers = MENTORED[form]
    return (yes_no(True), date(begun, 9, 7), max(6, pupils - 8 * position), teachers - position)


def _retention(random: Random, city: City) -> list[Row]:
    rows: list[Row] = []
    for position, year in enumerate(_years()):
        for school in city.schools_of("初中"):
            if (year, school.district) != NOT_REPORTED:
                leavers = school.pupils["初中"][YEARS.index(year)] / 3
                top = max(6, round(leavers * TOP_SHARE * between(random, 0.7, 1.4)))
                stayed = min(top, round(top * STAYED[school.district][position] + between(random, -0.9, 0.9)))
                otherwise = min(top - stayed, int(random.random() * 3))
                rows.append((year, _code(school), top, stayed, top - stayed - otherwise, otherwise, RULE))
    return rows


def _awards(random: Random, city: City) -> list[Row]:
    rows: list[Row] = []
    for passed, year in enumerate(_years()):
        for position, school in enumerate(city.schools_of("高中")):
            for discipline, (base, more) in AWARDS.items():
                count = base + more * passed if school.key_senior else (base + passed) // 4
                count = max(0, count - (position + passed) % 2 + random.choice((0, 0, 1)))
                if count and (school.key_senior or position % 3 == 0):
                    prize, level = (
                        random.choice(("一等奖", "二等奖", "三等奖")),
                        random.choice(("省级", "省级", "市级")),
                    )
                    rows.append((year, _code(school), discipline, CONTESTS[discipline], level, prize, count))
    return rows


def _admissions(random: Random, city: City) -> list[Row]:
    """The rewards of 2022 are not paid yet, nor is one of 2021."""
    rows: list[Row] = []
    key = {school.number: position for position, school in enumerate(city.key_senior_schools)}
    for passed, year in enumerate(_years()):
        for school in city.schools_of("高中"):
            candidates = round(school.pupils["高中"][YEARS.index(year)] / 3)
            top = TSINGHUA_PEKING[key[school.number]][passed] if school.key_senior else 0
            share = between(random, 0.08, 0.12) if school.key_senior else between(random, 0.004, 0.02)
            paid = year >= 2020 and top and not (year == LAST_YEAR or (year, key[school.number]) == (2021, 2))
            reward = REWARD * top if paid else None
            rows.append((year, _code(school), candidates, top, top + round(candidates * share), reward))
    return rows


def _specialities(city: City) -> list[Row]:
    rows: list[Row] = []
    for named, listed in ((True, NAMED), (False, NOT_NAMED)):
        for place, speciality, recognised_on, level in listed:
            school = city.schools_of("高中")[place] if place < 100 else city.schools_of("初中")[place - 100]
            office = None if level is None else "省教育厅" if level == "省级" else "市教育局"
            rows.append((_code(school), speciality, yes_no(named), recognised_on, level, office))
    return rows


def _recruitment(city: City) -> list[Row]:
    rows: list[Row] = []
    key, others = city.key_senior_schools, [one for one in city.schools_of("高中", "初中") if not one.key_senior]
    for year, (leaders, key_teachers, other_teachers) in RECRUITED.items():
        for number in range(leaders + key_teachers + other_teachers):
            schools = key if number < leaders + key_teachers else others
            school = schools[number * 7 % len(schools)]
            leads = number < leaders
            post = ("校长", "副校长")[number % 2] if leads else "教师"
            subject = None if leads else SUBJECTS[number % len(SUBJECTS)]
            left_on = date(year + 1, 7, 15) if number == 5 and year < LAST_YEAR else None
            origin = "省外" if number % 3 else "省内市外"
            joined_on = date(year, 8, 10 + number % 20)
            rows.append((year, f"T{year}{number + 1:04d}", _code(school), post, origin, subject, joined_on, left_on))
    return rows


def _leaders(city: City) -> list[Row]:
    rows: list[Row] = []
    for number, school in enumerate(city.schools_of("高中", "初中")):
        key = school.key_senior
        missing = not key and number % WITHOUT_ONE_IN[school.district] == 1
        if missing and number % 2:
            continue
        begun = LATER if missing else date(2020, 8, 5) if key else ASSIGNED[school.district]
        post = CITY_POSTS[number % len(CITY_POSTS)] if key else OFFICES[school.district] + POSTS[number % len(POSTS)]
        ended_on = LOST_ON if number % LOST_ONE_IN == 4 else None
        code = f"L{(0 if key else 100 * (1 + DISTRICTS.index(school.district))) + number % len(POSTS) + 1:04d}"
        rows.append((_code(school), post, code, "市级" if key else "区级", begun, ended_on))
    return rows
