"""What a huddle sends, and where it is now: told in sentences, because closing is the moment of fear."""

from datetime import datetime
from typing import TYPE_CHECKING

from screens import keys, times
from screens.cells import wrapped
from screens.line import Column, Columns, Line, Said, heading, item, row, text
from screens.marks import Mark, Tone
from screens.problem_lines import brief_place
from wsq_huddle.domain.agendas import Kind, happened, reason
from wsq_huddle.domain.agendas import Mark as Told
from wsq_huddle.domain.links import Touch
from wsq_huddle.domain.problems import Mode
from wsq_huddle.services.links import Link
from wsq_huddle.services.rollcalls import RollCall
from wsq_huddle.services.steps import Sent

if TYPE_CHECKING:
    from screens.huddle.reading import Seen
    from screens.huddle.screen import HuddleScreen

_COLUMNS = Columns((Column(31), Column(47, share=1)), left=1)
_SENT = Columns((Column(2), Column(32, share=2), Column(30, share=1, yields=True), Column(12, right=True, least=9)))
"""What it is matters more than what is needed: both stand on the problem's own screen."""
_UNWELL = frozenset({Told.ATTENTION, Told.NOT_MET})
_OFF = "also after it was switched off. You have nothing else to do."
_OPEN = "They go by themselves while this window is open."
_MOST = 5
_WORDS, _USUAL = 47, 80
"""Columns of the words beside what goes, on a screen of so many; on a wider one they have two thirds of the rest."""


def goes_up(seen: "Seen", above: str, now: datetime, width: int) -> list[Line]:
    """List what goes to the tier above: the summary, whole, and each problem that was handed on."""
    if not above:
        return [heading("STAYS HERE"), *_summary(Mark.NOTHING, seen, width)]
    arrived = seen.closed and _all_there(seen.link)
    mark = Mark.DONE if arrived else Mark.GOING
    sent = seen.look.closing.sent
    drawn = [heading(f"GOES TO {above.upper()}"), *_summary(mark, seen, width)]
    up = [one for one in sent if one.hop.to == seen.parent]
    others = [one for one in sent if one.hop.to != seen.parent]
    drawn += [_sent(one, now) for one in up[:_MOST]]
    if len(up) > _MOST:
        drawn.append(text(f"    {len(up) - _MOST} more"))
    if others:
        drawn += [heading("GOES TO OTHERS"), *(_sent(one, now, to=one.to) for one in others[:_MOST])]
    if len(others) > _MOST:
        drawn.append(text(f"    {len(others) - _MOST} more"))
    return drawn


def _summary(mark: Mark, seen: "Seen", width: int) -> list[Line]:
    first, *more = wrapped(summary_words(seen), _WORDS + (width - _USUAL) * 2 // 3)
    return [item("", mark, "Summary", first), *(item("", "", "", piece) for piece in more)]


def summary_words(seen: "Seen") -> str:
    """Say the summary in a few words: what is not ready, what happened, which targets are not met."""
    told = _below(seen.calling) if seen.calling is not None and seen.areas else []
    for one in seen.asked:
        answer = one.answer
        if answer is None:
            continue
        if one.item.kind is Kind.EVENTS and happened(answer):
            told.append(times.counted(happened(answer), one.item.ask.lower()))
        elif reason(answer):
            told.append(f"{one.item.ask.lower()}: {Mark[answer.mark.name].word}")
    return "; ".join(told) or "nothing to report"


def _below(calling: RollCall) -> list[str]:
    """What the areas below make of our summary, in numbers: who told us, what is not ready, what happened."""
    told = [f"{calling.told} of {len(calling.areas)} told us"]
    unwell = ((name, mark) for name, mark in calling.total.readiness.items() if mark in _UNWELL)
    told += [f"{name}: {Mark[mark.name].word}" for name, mark in unwell]
    return told + [f"{one.n} {one.name.lower()}" for one in calling.happened if one.n and not one.good]


def network(seen: "Seen", screen: "HuddleScreen") -> list[Line]:
    """Say where everything is: with the tier above, on its way, or safe on this computer."""
    link, now, site = seen.link, screen.now(), screen.program.site
    if link.touch is Touch.ALONE:
        return []
    above = site.above or link.name
    if _all_there(link):
        return [_said("EVERYTHING HAS ARRIVED", f"{above} has it."), _said("", "You have nothing else to do.")]
    things = f"{link.waiting} thing{'' if link.waiting == 1 else 's'} to send"
    if link.touch is Touch.IN_TOUCH:
        return [_said("ON ITS WAY", f"{things}. {above} is in touch.")]
    last = link.last_contact.astimezone(now.tzinfo) if link.last_contact else None
    since = f" SINCE {times.when(last, now)}" if last else ""
    if link.touch is Touch.NOT_ACCEPTED:
        return [_said("NOT ACCEPTED, TELL IT", link.why), _said("", f"{things}. They are safe on this computer.")]
    call = site.call.get(link.peer, "")
    return [
        *(_said("" if at else f"NO NETWORK{since}", words) for at, words in enumerate(_safe(seen, things))),
        row("", _window(seen, now), _COLUMNS),
        *([row("", ("  If it is urgent", f"ring {above}, {call}"), _COLUMNS)] if call else []),
        *_still_at(screen),
    ]


def _safe(seen: "Seen", things: str) -> list[str]:
    """Say that nothing is lost; without a sender it goes while a window is open."""
    if seen.sends is False:
        return wrapped(f"{things}. They are safe on this computer, also while it is off. {_OPEN}", _WORDS)
    return wrapped(f"{things}. They are safe on this computer and go by themselves, {_OFF}", _WORDS)


def _window(seen: "Seen", now: datetime) -> tuple[str, str]:
    """Say whether the window may be closed, and when it was last looked whether something sends without it."""
    at = f" (checked {times.clock(seen.looked_at.astimezone(now.tzinfo))})" if seen.looked_at else ""
    if seen.sends is None:
        return "  You may close this window", "all of it is kept, and goes out later"
    if seen.sends:
        return "  You may close this window", f"the sender works without it{at}"
    return "  Leave this window open", f"no sender works without it{at}"


def _still_at(screen: "HuddleScreen") -> list[Line]:
    """Say what to do if there is no network still when those above meet, later today."""
    now, meets = screen.now(), screen.program.site.above_meets
    at = meets.astimezone(now.tzinfo) if meets is not None else None
    if at is None or at <= now or at.date() != now.date():
        return []
    told = keys.told("{write_out} prints the sheet to carry or read out", screen.program.keys_given)
    return [row("", (f"  No network still at {times.clock(at)}?", told), _COLUMNS)]


def _said(title: str, words: str) -> Line:
    return row("", (Said(title, Tone.HEADING) if title else "", words), _COLUMNS)


def _all_there(link: Link) -> bool:
    return link.touch is Touch.IN_TOUCH and not link.waiting


def _sent(one: Sent, now: datetime, *, to: str = "") -> Line:
    there = one.hop.delivered_at is not None
    need = f'"{one.hop.need}"' if one.hop.need else ""
    need = f"{brief_place(to)}: {need or 'sent back'}" if to else need
    if one.hop.mode is Mode.AWARENESS:
        when = "to know"
    else:
        when = times.by(one.hop.by.astimezone(now.tzinfo), now) if one.hop.by else "help" if one.hop.need else ""
    return row("", (Mark.DONE if there else Mark.GOING, one.problem.title, need, when), _SENT)
