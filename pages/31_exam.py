"""One joint exam: who sat, what its papers are worth, how the scores lie, and which schools differ by more than chance."""

from data import arrivals
from data.words import N_, _
from pages.display import exam as said
from pages.display import exam_rows, figures, show, show_choices, show_exam, show_frame
from queries import answers
from queries.exams import figures as told
from queries.exams import overview
from queries.exams.access import may_see_schools
from queries.exams.consistency import of_units
from queries.exams.participation import participation
from queries.exams.statistics import Rate
from queries.opened import shared_store
from queries.suppression import SMALL

TITLE = N_("Exam results")
SECTION = N_("Joint exams")
ICON = ":material/analytics:"


def table(view: show_frame.View, exam: str, subject: str, track: str) -> told.Table:
    chosen = said.of_link(subject), said.track_of(track)
    return told.table(shared_store(), exam, *chosen, viewer=view.viewer, as_of=view.as_of)


def scores(view: show_frame.View, exam: str, subject: str, track: str) -> overview.Scores:
    return overview.scores(shared_store(), exam, said.of_link(subject), said.track_of(track), view.as_of)


def rows(view: show_frame.View, exam: str, subject: str, track: str) -> list[list[object]]:
    store, found = shared_store(), table(view, exam, subject, track)
    measures = of_units(store, found, as_of=view.as_of)
    return exam_rows.table_rows(found, measures, participation(store, found.exam, view.viewer, view.as_of))


@show.remembered
def papers(view: show_frame.View, exam: str, track: str) -> None:
    found = overview.overview(shared_store(), exam, said.track_of(track), view.as_of)
    show.html("exam.html", said=said, found=found, track=track, rates=list(Rate), as_of=view.as_of)


@show.remembered
def distribution(view: show_frame.View, exam: str, subject: str, track: str, width: str) -> None:
    found, whole = scores(view, exam, subject, track), table(view, exam, subject, track).whole
    drawn = figures.exam_histogram(found, whole, int(width), sample=answers.any_sample(shared_store(), view.as_of))
    show.figure(drawn, f"exam-{exam}-{subject}-histogram")
    show.html("exam_scores.html", said=said, found=found, small=SMALL)


@show.remembered
def schools(view: show_frame.View, exam: str, subject: str, track: str) -> None:
    found, sample = table(view, exam, subject, track), answers.any_sample(shared_store(), view.as_of)
    areas = arrivals.areas(shared_store(), view.moment)
    lines = said.lines(found, [one.name for one in areas], {one.name: one.english or one.name for one in areas})
    if may_see_schools(view.viewer):
        drawn = {"schools": figures.exam_schools, "quartiles": figures.exam_boxes}
        made = {name: draw(found, lines, sample=sample) for name, draw in drawn.items()}
        show.side_by_side({f"exam-{exam}-{subject}-{name}": one for name, one in made.items()})
    shares = participation(shared_store(), found.exam, view.viewer, view.as_of)
    facts: dict[str, object] = {"found": found, "lines": lines, "track": track, "as_of": view.as_of}
    facts |= {"participation": shares, "consistency": of_units(shared_store(), found, as_of=view.as_of)}
    show.html("exam_units.html", said=said, rates=list(Rate), note=said.schools_note(view.viewer), **facts)


view = show_exam.view()
with show.row():
    found = show_exam.chosen(view, TITLE)
    exam = found.id
    track = show_choices.segment(_("Track"), "track", said.tracks(found), said.track)
papers(view, exam, track)
with show.row():
    subject = show_choices.segment(_("Subject"), "subject", said.subjects(found), said.subject)
    width = show_choices.segment(_("Width of bars, marks"), "width", said.WIDTHS, default="10")
distribution(view, exam, subject, track, width)
sample, name = answers.any_sample(shared_store(), view.as_of), f"{exam}-{subject}-{track}"
bands = exam_rows.SCORE_COLUMNS, lambda: exam_rows.score_rows(scores(view, exam, subject, track))
show.table_downloads(f"scores-{name}", *bands, sample=sample)
schools(view, exam, subject, track)
show.table_downloads(f"exam-{name}", exam_rows.COLUMNS, lambda: rows(view, exam, subject, track), sample=sample)
