"""What a page says of internal records: that they are left out, or that what is shown is one, and why."""

from collections.abc import Sequence

from data.plan import ClauseNumber, plan
from data.words import _, pick
from pages.display import sentences
from queries.answers import Viewer


def notice(viewer: Viewer, clauses: Sequence[ClauseNumber]) -> str:
    """One paragraph for the clauses of a page that internal records belong to, with the policy behind it."""
    listed = _(", ").join(sentences.clause(number) for number in clauses)
    said = (
        _("This page shows internal records of {clauses}.", clauses=listed)
        if viewer.internal
        else _("Internal records of {clauses} are left out of this page.", clauses=listed)
    )
    policies = dict.fromkeys(_policy(number) for number in clauses)
    return " ".join([said, *filter(None, policies)])


def _policy(number: ClauseNumber) -> str:
    found = plan().clauses[number].notice if number in plan().clauses else None
    return pick(found.pair()) if found else ""
