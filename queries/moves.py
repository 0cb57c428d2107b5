"""The indicators that a file would move, from what to what, before anybody publishes it."""

from dataclasses import dataclass
from datetime import date

from data.intake import Said, rehearsed
from data.store import Store
from queries.answers import PUBLIC, Answer, Trajectory, Viewer, answer, answer_on, visible
from queries.catalogue import Definition


@dataclass(frozen=True)
class Move:
    """One area's standing in one indicator, as it is and as it would be."""

    answer: Answer
    before: Trajectory
    after: Trajectory

    @property
    def definition(self) -> Definition:
        return self.answer.definition

    @property
    def turns(self) -> bool:
        """Whether the status would be another."""
        return self.before.status != self.after.status


def moves(
    store: Store,
    content: bytes,
    file_name: str,
    dataset: str,
    said: Said,
    viewer: Viewer = PUBLIC,
    today: date | None = None,
) -> tuple[Move, ...]:
    """What publishing the file would move, those with another status first; empty where it would not be published."""
    names = [name for name, one in visible(viewer).items() if dataset in one.datasets]
    if not names:
        return ()
    before = {name: answer(store, name, viewer=viewer, today=today) for name in names}
    with rehearsed(store, content, file_name, dataset, said) as cursor:
        if cursor is None:
            return ()
        after = {name: answer_on(cursor, name, store.version, today or date.today()) for name in names}
    found = [
        Move(after[name], old, new)
        for name in names
        for old, new in zip(before[name].areas, after[name].areas, strict=False)
        if (old.points, old.status) != (new.points, new.status)
    ]
    return tuple(sorted(found, key=lambda move: not move.turns))
