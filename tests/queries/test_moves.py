"""The indicators that a file would move, and that looking moves none."""

from datetime import date

from data import intake
from data.contract import contracts
from data.intake import Said
from data.store import Store
from queries import choices
from queries.answers import answer
from queries.moves import moves
from queries.opened import with_views
from queries.progress import Status

TODAY = date(2021, 6, 1)
REGISTER = """institution_id,valid_from,name,area,kind,ownership,main_urban
K1,2015-09-01,示例一园,信都区,幼儿园,教育部门办,是
K2,2015-09-01,示例二园,信都区,幼儿园,非普惠民办,是
"""
RETURN = "school_year,institution_id,stage,pupils,classes\n2020,K1,学前,{},25\n2020,K2,学前,{},7\n"


def filled(store: Store) -> Store:
    for dataset, text in (("institution", REGISTER), ("enrolment", RETURN.format(790, 210))):
        assert intake.publish(store, text.encode(), f"{dataset}.csv", dataset, by="test").upload
    return with_views(store)


def test_a_file_says_what_it_would_move_from_what_to_what(store: Store) -> None:
    found = moves(filled(store), RETURN.format(800, 200).encode(), "f.csv", "enrolment", Said(), today=TODAY)
    inclusive = [move for move in found if (move.definition.id, move.before.area) == ("inclusive_share", "信都区")]
    (move,) = inclusive
    assert (move.before.status, move.after.status, move.turns) == (Status.MISSED, Status.ACHIEVED, True)
    assert move.before.latest is not None and move.after.latest is not None
    assert (float(move.before.latest.value or 0), float(move.after.latest.value or 0)) == (0.79, 0.8)
    assert found[0].turns, "those with another status stand first"
    assert {move.before.area for move in found} == {"主城区", "信都区"}


def test_looking_moves_nothing(store: Store) -> None:
    before = answer(filled(store), "inclusive_share", today=TODAY)
    version = store.version
    assert moves(store, RETURN.format(800, 200).encode(), "f.csv", "enrolment", Said(), today=TODAY)
    assert (store.version, answer(store, "inclusive_share", today=TODAY)) == (version, before)
    with store.reading() as cursor:
        assert cursor.execute("select count(*) from enrolment").fetchall() == [(2,)]


def test_a_file_with_problems_or_without_indicators_moves_nothing(store: Store) -> None:
    filled(store)
    assert moves(store, RETURN.format(-1, 200).encode(), "f.csv", "enrolment", Said(), today=TODAY) == ()
    assert moves(store, b"exam_id\nE1\n", "f.csv", "exam_result", Said(), today=TODAY) == ()


def test_what_a_file_repeats_moves_nothing(store: Store) -> None:
    content = RETURN.format(790, 210).encode() + b"\n"
    assert moves(filled(store), content, "f.csv", "enrolment", Said(), today=TODAY) == ()


def test_known_values_are_offered_with_their_names(school_store: Store) -> None:
    contract = contracts()["exam_result"]
    assert choices.values(school_store, contract, "exam_id") == {"2021-11-G3": "2021年11月高三联考 (2021-11-G3)"}
    assert choices.values(school_store, contract, "institution_id")["3905000123"] == "示例幼儿园 (3905000123)"
    assert list(choices.values(school_store, contracts()["enrolment"], "stage"))[0] == "学前"
    assert choices.values(school_store, contract, "class") == {}
    assert "assigned_score@化学" in choices.meanings(contract)
