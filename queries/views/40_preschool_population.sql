-- Population of ages 3 to 5; a year in which one of the three ages is missing has no figure, rather than one too small.
select year as school_year, area, sum(persons) as persons
from population where age between 3 and 5
group by year, area having count(*) = 3
