"""A hospital of cardboard: a desk without a store and two screens with lines that stand here, to try the kit on.

Run as a program it shows them on the real terminal: `python tests/screens/demo.py [clean|hostile|long]`.
"""

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any

from screens.app import HuddleApp
from screens.around import Around
from screens.asks import Ask
from screens.foot import Offer
from screens.form import Answers, Form
from screens.frame import DeskScreen
from screens.head import Heading
from screens.line import BLANK, Line, detail, heading, item, rule, text
from screens.marks import Mark
from wsq_huddle.errors import NotAllowed
from wsq_huddle.services.sites import Site

NOW = datetime(2026, 11, 30, 7, 9, tzinfo=timezone(timedelta(hours=-6)))
REPORTS = Path(tempfile.gettempdir())
HOSTILE = (
    "see [/] or [/usr/bin] and [b unclosed",
    "[@click=app.quit]x[/] {'a': [true]}",
    "clip\x1b]52;c;ZXZpbA==\x07board",
    "colour\x1b[31;1mred\x1b[2J\x9b5nC1\x85",
    "bidi \u202eevil\u202c \u2066in\u2069 \u200emark\u200f",
    "emoji 👩\u200d⚕️ ⚠️ 字字字 e\u0301\u0301\u0301 \ufeff",
    "x" * 10_000,
    "a" + "\u0301" * 10_000,
    "\u200b\u200d\ufe0f",
    "line\nend\r\nand\ttab\x00\x7f",
)


@dataclass
class CardboardDesk:
    """A desk that knows its name, its time and who listens."""

    name: str = "4 West"
    author: str = "4 West charge nurse"
    role: str = "4 West charge nurse"
    tier: int = 1
    zone: tzinfo = NOW.tzinfo or UTC
    listeners: list[Callable[..., None]] = field(default_factory=list)

    def sign_as(self, author: str, on_behalf: str = "", /) -> None:
        self.author = f"{author} for {on_behalf}" if on_behalf else author

    def now(self) -> datetime:
        return NOW.astimezone(UTC)

    def listen(self, callback: Callable[..., None], /) -> None:
        self.listeners.append(callback)

    def tell(self) -> None:
        """Say that something was recorded."""
        for callback in self.listeners:
            callback()


ANSWERS = (
    item("iv", Mark.DOWN, "IV pumps missing", "Cardiac: two from 5 East, Fri 10:00", "Wed 16:10"),
    item("rn", Mark.DOWN, "Night RN short", "Executive: agency RN Thu-Sun", "did it work?"),
    item("restock", Mark.DOWN, "Restock late", "Pharmacy: new run at 05:00 from today", "Sun 14:20"),
)
OURS = (
    item("bed", Mark.ATTENTION, "Bed alarm dead, bed 12", "Ana R.: spare from store", "due today"),
    item("linen", Mark.ATTENTION, "Linen short since Sat", "nobody yet", "no plan"),
    item("label", Mark.NOTHING, "Label printer jams", "Ben K.: ask IT", "due Wed 2"),
)
TODAY = (
    heading("HUDDLE 07:15,", "in 6 min.     Last one Wed 25 Nov, so we look back 5 days."),
    item("start", "", "[ Start the huddle ]", "Enter, or click"),
    BLANK,
    heading("ANSWERS FOR US (3)", right="read these out in the huddle"),
    *ANSWERS,
    heading("OURS TO SOLVE (5)"),
    *OURS,
    text("    2 more (l)"),
    heading("WAITING ON OTHERS (1)"),
    item("transport", Mark.UP, "Discharge transport slow", "with Cardiac, seen Wed 08:04", "5 d"),
    heading("PROMISED TO US (1)"),
    item("lift", Mark.ATTENTION, "Second patient lift", "R. Okafor, CNO: for Fri 27 Nov", "3 d over"),
    heading("THIS MORNING"),
    text("  Us 07:15, in 6 min          Cardiac 08:00          Executive 08:45"),
    text("Since 1 Nov: 14 raised, 11 answered, 9 fixed. An answer took 1.2 days."),
)


class TodayScreen(DeskScreen[Sequence[Line]]):
    """Today, with lines that the app was given."""

    LABEL = "Today"
    given: Sequence[Line] = TODAY
    kept: list[Answers]
    saved: list[Answers]

    def __init__(self) -> None:
        super().__init__()
        self.kept, self.saved, self.pressed = [], [], list[str]()

    def look(self) -> Sequence[Line]:
        return self.given

    def show(self, seen: Sequence[Line]) -> None:
        self.lines.put(seen)

    def offers(self) -> Sequence[Offer]:
        return ["open", "problems", "note", "undo"] if self.chosen else ["problems"]

    def action_open(self) -> None:
        self.pressed.append(self.chosen)

    def action_note(self) -> None:
        """Ask for a note, one line."""
        self.ask(Form("NOTE", [Ask("note", "What should we know?")], save=self._save, kept=self.kept.append))

    def action_raise_problem(self) -> None:
        asks = [
            Ask("title", "What is wrong?", must=True),
            Ask("kind", "Kind", choices=("equipment", "supplies", "staff")),
            Ask("when", "Since when?", hint="may stay empty", limit=20),
        ]
        draft = self.kept[-1] if self.kept else {}
        self.ask(Form("RAISE A PROBLEM", asks, save=self._save, kept=self.kept.append, draft=draft))

    def action_undo(self) -> None:
        with self.politely():
            raise NotAllowed("Nothing is waiting to be taken back.")

    def _save(self, answers: Answers) -> None:
        if answers.get("title") == "refuse me":
            raise NotAllowed("Cardiac Services holds this problem.")
        self.saved.append(answers)


class ProblemsScreen(DeskScreen[None]):
    """A long list with a detail below."""

    KEY = "problems"
    LABEL = "Problems"
    count = 5_000

    def show(self, seen: None) -> None:
        del seen
        self.lines.put(
            [item(f"p{n}", Mark.ATTENTION, f"Problem {n}", "nobody yet", f"{n} d") for n in range(self.count)]
        )
        self.steps.tell(("Open", "Away", "Over"), 0, frozenset({2}), right="signs: Ana R. (F4)")
        self.chose()

    def heading(self) -> Heading:
        return Heading("4 West problems", ends=NOW + timedelta(minutes=9), mark=Mark.MET, link="in touch 07:08")

    def chose(self) -> None:
        self.below.put([rule(self.chosen, "answer wanted by 10:00"), detail(f"The story of {self.chosen}.")])

    def offers(self) -> Sequence[Offer]:
        return ["acknowledge", "resolve", ("escalate", "Executive")]

    def action_acknowledge(self) -> None:
        self.lines.choose_next()
        self.say("Got it.")


def no_places(_desk: CardboardDesk, *, again: bool = False) -> Around:
    """Know no other places and no kept lines."""
    del again
    return Around(Site())


def cardboard(lines: Sequence[Line] = TODAY, **options: Any) -> HuddleApp:  # noqa: ANN401 - the options of HuddleApp
    """Make the app with these lines on Today."""
    home = type("GivenToday", (TodayScreen,), {"given": lines})
    options = {"clock": lambda: NOW, "theme": "dark", "plain": False, "place": "4 West", "reports": REPORTS,
               "around": no_places, "behind": (), **options}  # fmt: skip
    return HuddleApp(CardboardDesk, home, lambda: (ProblemsScreen,), **options)


def hostile_lines() -> list[Line]:
    """Put hostile words into every column."""
    return [item(f"h{at}", Mark.NOW, words, words, words) for at, words in enumerate(HOSTILE)]


class CrashingScreen(TodayScreen):
    """Today with a mistake in it, next to what somebody typed."""

    def action_open(self) -> None:
        typed = "Mrs Smith"
        raise RuntimeError(typed)


if __name__ == "__main__":
    what, *folders = [*sys.argv[1:], "clean"]
    folder = Path(folders[0]) if len(folders) > 1 else REPORTS
    if what == "crash":
        app = HuddleApp(CardboardDesk, CrashingScreen, clock=lambda: NOW, theme="dark", plain=False, reports=folder,
                        around=no_places, behind=())  # fmt: skip
    else:
        app = cardboard(hostile_lines() if what == "hostile" else TODAY, reports=folder)
    app.run()
    sys.exit(app.return_code or 0)
