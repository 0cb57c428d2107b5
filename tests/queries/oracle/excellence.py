"""The indicators of data/samples/excellence.py, computed a second time."""

from collections.abc import Callable, Iterable, Mapping

from tests.queries.oracle.base import WHOLE, Figures, areas_of, entry_on, histories, rows, running

YEARS = (2020, 2021, 2022)
Row = dict[str, str]


def figures(files: Mapping[str, bytes]) -> dict[str, Figures]:
    """Indicator → its figures for every period, area and part."""
    found = {
        "star_teachers": teachers(files, "学科名师"),
        "backbone_teachers": teachers(files, "学科骨干教师"),
        "teacher_communities": communities(files, "名师共同体"),
        "principal_communities": communities(files, "名校长共同体"),
        "principal_studios": studios(files),
    }
    for name, stage in (("senior", "高中"), ("junior", "初中"), ("primary", "小学")):
        found[f"star_{name}_schools"] = star_schools(files, stage)
    return found


def teachers(files: Mapping[str, bytes], honour: str) -> Figures:
    """Every teacher once, with the school of the first recognition that holds, from that one's year on."""
    listed = [row for row in rows(files, "honour") if row["honour"] == honour]
    history = histories(files)
    first: dict[str, tuple[str, str]] = {}
    for row in listed:
        day = row["recognised_on"] or f"{row['year']}-01-01"
        holds = row["level"] in ("市级", "省级", "国家级") and not row["withdrawn_on"] and "2020" <= day[:4] <= "2022"
        if holds and (row["teacher_id"] not in first or day < first[row["teacher_id"]][0]):
            first[row["teacher_id"]] = (day, row["institution_id"])
    at = [(day, areas_of(entry_on(day, history[school]))) for day, school in first.values()]
    return counted(files, listed, lambda year, area: sum(day[:4] <= str(year) and area in areas for day, areas in at))


def communities(files: Mapping[str, bytes], *kinds: str) -> Figures:
    listed = [row for row in rows(files, "community") if row["kind"] in kinds]
    schools = by_year(files)
    return counted(
        files,
        listed,
        lambda year, area: sum(
            row["started_on"] <= f"{year}-12-31"
            and (not row["ended_on"] or row["ended_on"] > f"{year}-12-31")
            and area in schools[year].get(row["institution_id"], ())
            for row in listed
        ),
    )


def studios(files: Mapping[str, bytes]) -> Figures:
    kinds = {"star": "名校长工作室", "backbone": "骨干校长工作室"}
    found = communities(files, *kinds.values())
    for part, kind in kinds.items():
        found |= {(year, area, part): sides for (year, area, _part), sides in communities(files, kind).items()}
    return found


def star_schools(files: Mapping[str, bytes], stage: str) -> Figures:
    listed = [row for row in rows(files, "school_recognition") if row["stage"] == stage]
    schools = by_year(files)

    def count(year: int, area: str) -> int:
        day = f"{year}-12-31"
        return len(
            {
                row["institution_id"]
                for row in listed
                if row["level"] in ("省级", "国家级")
                and row["recognised_on"] <= day
                and (not row["withdrawn_on"] or row["withdrawn_on"] > day)
                and area in schools[year].get(row["institution_id"], ())
            }
        )

    return counted(files, listed, count)


def by_year(files: Mapping[str, bytes]) -> dict[int, dict[str, tuple[str, ...]]]:
    """Year → the areas of every institution that runs at its end."""
    return {
        year: {entry["institution_id"]: areas_of(entry) for entry in running(files, f"{year}-12-31")} for year in YEARS
    }


def counted(files: Mapping[str, bytes], listed: Iterable[Row], count: Callable[[int, str], int]) -> Figures:
    """A count for every year of the plan, for the whole and every area that a row of the list is about."""
    history = histories(files)
    areas = {area for row in listed for entry in history[row["institution_id"]] for area in areas_of(entry)}
    return {(year, area, None): (count(year, area), None) for year in YEARS for area in areas | {WHOLE}}
