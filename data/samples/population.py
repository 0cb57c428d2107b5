"""Invented population of ages 3 to 5. 主城区 has its own rows: it is not the sum of the districts."""

from random import Random

from data.samples.frame import YEARS, Row, between

AGES = (3, 4, 5)
# How large a year of birth is beside the one of 2012; the second children of 2016 and 2017 show.
BORN = {2012: 1.00, 2013: 0.97, 2014: 1.02, 2015: 1.00, 2016: 1.08, 2017: 1.06, 2018: 0.95, 2019: 0.93}
# Children born in 2012 who live in the area.
BORN_IN_2012 = {"主城区": 15850, "信都区": 7850, "襄都区": 7450, "开发区": 3750}
# Families move in and out between two years, so that a cohort is not the same number twice.
MOVING = 0.004


def population_rows(random: Random) -> list[Row]:
    return [
        (year, area, age, round(persons * BORN[year - age] * between(random, 1 - MOVING, 1 + MOVING)))
        for year in YEARS
        for area, persons in BORN_IN_2012.items()
        for age in AGES
    ]
