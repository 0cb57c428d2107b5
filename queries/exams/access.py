"""Who may see how single schools and single classes did in a joint exam.

The plan's clauses on exam figures are internal records of the education bureau, and the state forbids to rank schools by
them or to publish pupils' results (2020-10, 深化新时代教育评价改革总体方案; 2021-09, 未成年人学校保护规定): schools are shown to
the installation's staff and to the local user, classes to the local user. Everybody else sees the whole exam and its
districts. Sign-in will name roles in their place.
"""

from data.contract import contracts
from data.store import Store
from queries.answers import Viewer

# Who sees every school: what is computed from schools before it is told of others.
STAFF = Viewer(internal=True)
# Who sees every class too.
LOCAL = Viewer(internal=True, below_school=True)


def may_see_schools(viewer: Viewer) -> bool:
    """Whether a viewer may see figures of single schools."""
    return viewer.internal or viewer.below_school


def may_see_classes(viewer: Viewer) -> bool:
    """Whether a viewer may see figures of single classes."""
    return viewer.below_school


def changed_since(store: Store, version: int) -> bool:
    """Whether anything that an exam's figures are made of was published, withdrawn or restored after so many events.

    That is results of pupils, what they refer to, and what they are counted with: papers, items, lines, schools.
    """
    results = [one for one in contracts().values() if one.personal]
    about = {key.reference.resource for one in results for key in one.foreignKeys}
    about |= {name for one in results if one.tally for name in one.tally.depends}
    datasets = sorted(about | {one.dataset for one in results})

    def ask() -> bool:
        with store.reading() as cursor:
            found = cursor.execute(
                """select 1 from store.upload_event join store.upload using (upload_id)
                where event_id > ? and dataset in (select unnest(?)) limit 1""",
                [version, datasets],
            ).fetchall()
        return bool(found)

    return store.remembered(("results changed", store.version, version), ask)
