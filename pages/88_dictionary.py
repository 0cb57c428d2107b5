"""What every indicator means, how it is computed, which offices owe its data, and who checked its definition and when."""

from data.contract import contracts
from data.plan import plan
from data.words import N_, _
from pages.display import dictionary as words
from pages.display import overview, show, show_choices, show_frame
from queries import dictionary
from queries.opened import shared_store

TITLE = N_("Data dictionary")
SECTION = N_("Data")
ICON = ":material/menu_book:"


def entries(view: show_frame.View) -> tuple[dictionary.Entry, ...]:
    return dictionary.dictionary(shared_store(), view.as_of, view.viewer)


@show.remembered
def listed(view: show_frame.View, group: str, clause: str) -> None:
    show.html(
        "dictionary.html",
        entries=words.fitting(entries(view), group, clause),
        unknown=dictionary.unknown_checks(shared_store(), view.as_of),
        words=words,
        contracts=contracts(),
        as_of=view.as_of,
    )


view = show_frame.view()
with show.row():
    groups = [words.ALL, *(one.id for one in plan().groups)]
    group = show_choices.chosen(_("Part of the plan"), "group", groups, overview.group_label)
    clauses = [words.ALL, *(str(number) for number in plan().clauses)]
    clause = show_choices.chosen(_("Clause"), "clause", clauses, words.clause_label)
chosen, name = words.fitting(entries(view), group, clause), _("data-dictionary")
with show.row():
    show.download(_("Save as Excel"), f"{name}.xlsx", lambda: dictionary.as_xlsx(chosen))
    show.download(_("Save as CSV"), f"{name}.csv", lambda: dictionary.as_csv(chosen))
    show.download(_("Save as JSON"), f"{name}.json", lambda: dictionary.as_json(chosen))
listed(view, group, clause)
