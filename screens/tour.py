"""Five cards that show how it works: any key goes on, Esc ends. They come once by themselves, then on demand."""

from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from screens import keys
from screens.line import BLANK, Column, Columns, Line, Said, heading, row, rule, text
from screens.lines import Lines
from screens.marks import Tone
from screens.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from screens.app import HuddleApp

_PROSE = Columns((Column(76, share=1),), left=3)
_KEY = Columns((Column(12), Column(62, share=1)), left=3)
_STAYS = ("quit", "command_palette")
"""Keys that do here what they do everywhere."""


class TourScreen(Screen[None]):
    """One card after the other."""

    DEFAULT_CSS = "TourScreen { background: $background; overflow: hidden; layout: vertical; }"
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._at = 0
        self._lines = Lines()
        self._lines.can_focus = False
        self._foot = Words([text()], fixed=1)

    def compose(self) -> ComposeResult:
        yield self._lines
        yield self._foot

    def on_mount(self) -> None:
        self._show()

    def on_key(self, event: events.Key) -> None:
        if any(self._is(event, id_) for id_ in _STAYS):
            return
        event.stop()
        event.prevent_default()
        if self._is(event, "back"):
            self.dismiss()
        else:
            self._on()

    def _is(self, event: events.Key, id_: str) -> bool:
        """Whether it is this key, as it is given here."""
        return event.key in keys.pressed_ones(keys.BY_ID[id_], cast("HuddleApp", self.app).keys_given)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self._on()

    def _on(self) -> None:
        self._at += 1
        if self._at < len(self._cards):
            self._show()
        else:
            self.dismiss()

    @property
    def _cards(self) -> "Sequence[Sequence[Line]]":
        return cards(cast("HuddleApp", self.app))

    def _show(self) -> None:
        every = self._cards
        self._lines.put([BLANK, *every[self._at]])
        last = self._at + 1 == len(every)
        words = "Any key, or a click: " + ("begin" if last else "the next card")
        ends = keys.told("{back} ends", cast("HuddleApp", self.app).keys_given)
        self._foot.put([text(words, f"{self._at + 1} of {len(every)}   {ends}")])


def cards(program: "HuddleApp") -> list[list[Line]]:
    """Make the cards, with the keys as they are given here."""
    given, site = program.keys_given, program.site

    def key(id_: str, words: str) -> Line:
        return row("", (Said(keys.name(keys.BY_ID[id_], given), Tone.KEY), keys.told(words, given)), _KEY)

    def said(*words: str) -> list[Line]:
        return [row("", (keys.told(one, given),), _PROSE) for one in words]

    above = site.above or "the tier above"
    first = f"Not for emergencies: call {site.emergency} first." if site.emergency else "Not for emergencies."
    first_card = [
        heading(f"{site.name.upper()}: ONE SCREEN A DAY"), BLANK,
        *said("Today shows what came back to you, what is yours to solve, when you meet.", ""),
        key("open", "on the first line starts the huddle; on others it opens them"),
        key("up", "and {down} choose a line; so does a click, a second one opens it"), BLANK,
        *said("Everything lies on this computer. It works without a network; what has to",
              "go out goes by itself when the network is back."),
    ]  # fmt: skip
    huddle = [
        heading("TWO KEYS RUN A HUDDLE"), BLANK,
        key("fine", "fine, said, heard, none, done: goes to the next line"),
        key("open", "not fine: tell what is missing, how many, what happened"),
        key("rest", "the rest of this group is fine"), BLANK,
        *said("The steps stand on line two: Last time, Targets, Status, Plan, Help, Close.",
              "{step_back} and {step_on} change the step, and so does a click on its name.",
              "What is not fine stands in Plan and in Help by itself."),
    ]  # fmt: skip
    problem = [
        heading("SOMETHING IS WRONG? SAY IT AT ANY MOMENT"), BLANK,
        key("raise_problem", "type what is wrong, then Enter: that is enough"), BLANK,
        *said("It works on every screen, also while you type something else.",
              "Were you called away? What you typed is kept, even if the power goes.",
              "", "No names of patients, no numbers of theirs."),
    ]  # fmt: skip
    if site.tier == 1:
        asking = [
            heading(f"WHAT YOU CANNOT SOLVE GOES TO {above.upper()}"), BLANK,
            key("escalate", "ask for help: what you need, by when; it leaves in ten seconds"),
            key("undo", "takes it back before that"),
            key("confirm", "it worked: the problem is closed"),
            key("reopen", "it did not: the problem is open again"), BLANK,
            *said("It stays on your list until it is answered; the answer is the first thing",
                  "that you read out in your next huddle.", "", first),
        ]  # fmt: skip
    else:
        asking = [
            heading("WHAT CAME UP TO YOU"), BLANK,
            key("acknowledge", "got it: who asked sees that you have it"),
            key("resolve", "solved; who asked says whether that worked"),
            key("send_back", "back with an answer"),
            key("assign", "hand it to another area"),
            key("escalate", f"ask {above} for help with it"), BLANK,
            *said("In the roll call {fine} hears one area after the other, {open} its needs.",
                  "", first),
        ]  # fmt: skip
    end = [
        heading("AND IF YOU DO NOT KNOW"), BLANK,
        key("help", "help for the screen you see"),
        key("command_palette", "all commands by name; this tour is among them"),
        key("sign", "who signs: your name stands under what you enter"),
        key("quit", "leave; everything is kept"), BLANK,
        *said("You cannot break anything here: what you enter can be corrected, and what",
              "leaves can be taken back for ten seconds."),
    ]  # fmt: skip
    return [[rule(double=True), BLANK, *card] for card in (first_card, huddle, problem, asking, end)]
