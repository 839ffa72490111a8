"""What is asked to announce something to all below, and to take it back."""

from datetime import date
from typing import TYPE_CHECKING, Any

from screens import times
from screens.asks import Ask
from screens.form import Answers, Form
from screens.line import text
from wsq_huddle.domain import whens
from wsq_huddle.domain.announcements import Announcement
from wsq_huddle.services import announcements

if TYPE_CHECKING:
    from screens.frame import DeskScreen

ANNOUNCED = "announcement/publish"
"""Where the draft of an announcement is kept."""

_LONG = 2000
_DAYS = "today, fri, 2 dec"


def announce_form(screen: "DeskScreen[Any]") -> Form:
    """Make the form, with what was typed in it before."""
    desk, kept = screen.desk, screen.program.kept

    def day(typed: str) -> date:
        today = desk.local(desk.now()).date()
        return whens.read_day(typed, today=today, usual=today)

    asks = (
        Ask("title", "What is it about?", must=True),
        Ask("text", "What do we read out?", "(may stay empty)", limit=_LONG),
        Ask("begins", "From which day?", f"{_DAYS}; Enter alone = today", limit=30, check=day),
        Ask("ends", "To which day?", "Enter alone = a week in all", limit=30, check=day),
    )

    def record(answers: Answers) -> Announcement:
        ends = day(answers["ends"]) if answers["ends"].strip() else None
        title, words = answers["title"], answers["text"]
        return announcements.publish(desk, title=title, text=words, begins=day(answers["begins"]), ends=ends)

    def recorded(one: Announcement) -> None:
        screen.say(f"Announced to all below, to {times.full_day(one.ends)}. Today says in how many units it was read.")

    return Form(
        "ANNOUNCE TO ALL BELOW",
        asks,
        save=record,
        then=recorded,
        kept=lambda answers: kept.keep(ANNOUNCED, answers, typed=["title", "text"]),
        draft=kept.of(ANNOUNCED),
        place=ANNOUNCED,
        below=[text("   Each unit reads it out in its next huddle. No patient, no name.")],
        again="announce",
    )


def withdraw_form(screen: "DeskScreen[Any]", one: Announcement) -> Form:
    """Make the form that takes an announcement back."""
    desk, kept = screen.desk, screen.program.kept
    place = f"announcement/{one.id}/withdraw"
    return Form(
        f"NO LONGER NEEDED: {one.title}",
        (Ask("why", "Why not?", limit=_LONG, must=True),),
        save=lambda answers: announcements.withdraw(desk, one.id, why=answers["why"]),
        then=lambda _: screen.say("Taken back: it is not read out any more."),
        kept=lambda answers: kept.keep(place, answers, typed=["why"]),
        draft=kept.of(place),
        place=place,
        again="withdraw",
    )
