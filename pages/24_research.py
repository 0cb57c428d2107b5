"""Clauses 13 to 15 and 24: are the researchers there, do they reach their quotas, and do analyses come in time?"""

from data.words import N_, _
from pages.display import figures, numbers, research, sentences, show, show_choices, show_frame, terms
from queries import answers
from queries import research as behind
from queries.opened import shared_store

TITLE = N_("Teaching research")
SECTION = N_("Parts of the plan")
ICON = ":material/biotech:"

POSTS, QUOTAS, DAYS, INTERNAL = "researcher_posts_filled", "researcher_quotas", "joint_exam_turnaround", "weak_subjects"
EACH = ["researcher_lessons_observed", "researcher_activities", "researcher_mentees"]
INDICATORS = [POSTS, QUOTAS, *EACH, DAYS, "monitoring_reports_on_time", INTERNAL]


def found(view: show_frame.View, name: str) -> answers.Answer:
    return answers.answer(shared_store(), name, view.as_of, view.viewer)


@show.remembered
def standing(view: show_frame.View) -> None:
    visible = answers.visible(view.viewer)
    cards = [(one, one.whole) for one in (found(view, name) for name in INDICATORS if name in visible)]
    show.html("cards.html", cards=cards, as_of=view.as_of)
    note = [] if INTERNAL in visible else [_("Internal records are left out here: the weak subjects of joint exams.")]
    show.html("captions.html", captions=note, heading=_("Quotas of a term"))


@show.remembered
def quotas(view: show_frame.View, period: int) -> None:
    one, every = found(view, QUOTAS), behind.duties(shared_store(), view.as_of)
    term = [duty for duty in every if duty.period == period]
    drawn = figures.quotas(term, research.term(term, period), sentences.common_footing([one]), sample=one.sample)
    show.figure(drawn, f"quotas-{period}")
    show.html("research_grid.html", grid=research.duty_grid(term, every, one))


@show.remembered
def posts_and_reports(view: show_frame.View) -> None:
    show.html(
        "research_grid.html", grid=research.post_grid(behind.posts(shared_store(), view.as_of), found(view, POSTS))
    )
    days, store = found(view, DAYS), shared_store()
    analyses, overdue = behind.analyses(store, view.as_of), behind.overdue(store, view.as_of)
    show.html("research_reports.html", research=research, terms=terms, analyses=analyses, overdue=overdue)
    show.figure(figures.trajectory(days, days.whole.area), "days-to-analysis")
    show.html("captions.html", captions=[sentences.source(days)], heading=_("Score rates exam by exam"))


@show.remembered
def score_rate(view: show_frame.View, cohort: behind.Cohort, subject: str) -> None:
    rates = behind.score_rates(shared_store(), view.as_of).get((cohort, subject), ())
    drawn = figures.control(research.score_rate(rates, cohort, subject, found(view, DAYS)))
    show.figure(drawn, f"score-rate-{cohort.code}-{subject}")


view = show_frame.view()
standing(view)
duties = behind.duties(shared_store(), view.as_of)
periods = sorted({str(one.period) for one in duties}, reverse=True) or ["0"]
term = int(show_choices.chosen(_("Term"), "term", periods, lambda one: numbers.period(int(one), "term")))
quotas(view, term)
show.csv_download(
    _("terms"), research.TERM_COLUMNS, lambda: research.term_rows(duties), sample=found(view, QUOTAS).sample
)
posts_and_reports(view)
rates = behind.score_rates(shared_store(), view.as_of)
cohorts = {one.code: one for one, _subject in rates}
if cohorts:
    with show.row():
        code = show_choices.chosen(_("Cohort"), "cohort", list(cohorts), lambda one: research.cohort(cohorts[one]))
        subjects = [subject for cohort, subject in rates if cohort.code == code]
        subject = show_choices.segment(_("Subject"), "subject", subjects, terms.subject)
    score_rate(view, cohorts[code], subject)
    sample = found(view, DAYS).sample
    show.csv_download(_("score-rates"), research.RATE_COLUMNS, lambda: research.rate_rows(rates), sample=sample)
