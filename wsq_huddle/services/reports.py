"""Pages of a huddle and of a morning: numbers, the site's own names, and this node's own words, checked.

What other nodes typed never stands on them. On the page of a department there is no bed either.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from wsq_huddle.domain import reports
from wsq_huddle.domain.agendas import Item, Kind, Mark, with_targets
from wsq_huddle.domain.chains import Row, State
from wsq_huddle.domain.definitions import short
from wsq_huddle.domain.problems import Mode, Problem
from wsq_huddle.domain.reports import Page, Section, safe_words, write
from wsq_huddle.domain.summaries import KeptWork, Summary
from wsq_huddle.domain.text import one_line
from wsq_huddle.errors import StoreError

from . import causes, chains, huddles, rollcalls, sites, todays
from .desk import Desk
from .huddles import Sitting
from .places import Places
from .sites import Site
from .steps.closing import sent_since

FOOT = "Written by wsq-huddle from its own record: numbers, and this place's own words, checked for identifiers."
_MARKS = {Mark.MET: "met", Mark.ATTENTION: "attention", Mark.NOT_MET: "not met", Mark.NONE: "none"}


def huddle(desk: Desk, one: Sitting) -> Page:
    """The page of one huddle of this node."""
    places = Places(desk)
    summary, site = huddles.summary_of(desk, one, places), sites.read(desk)
    items = huddles.agenda(desk, one, places).items
    known = {short(item.key): item.ask for item in items}
    likely = causes.by_event(desk, places)
    if places.tree.children(one.node):
        known |= {told.key: told.name for told in rollcalls.call(desk, one, places).happened}
    parts = (
        Section("Huddle", tuple(_times(desk, one, summary))),
        Section(
            "Ready",
            (),
            ("what", "how"),
            tuple(
                (known.get(key, key.capitalize()), _MARKS[mark])
                for key, mark in sorted(summary.readiness.items(), key=_place)
            ),
        ),
        Section("Targets", _targets(summary), ("measure", "value", "target", "how"), tuple(_measures(one, items))),
        Section(
            "Events",
            (),
            ("event", "how many", "looked into", "standard kept", "causes"),
            tuple(
                (
                    known.get(key, key),
                    told.n,
                    told.looked_into,
                    _kept(told.standard_kept),
                    _causes(told.causes, dict(likely.get(key, ()))),
                )
                for key, told in summary.events.items()
                if told.n
            ),
        ),
        Section("Problems", tuple(_problems(summary, site))),
        Section("Asked and told", (), ("problem", "to", "we need", "by"), tuple(_sent(desk, one, places))),
        Section("Ours to solve", (), ("problem", "who", "by"), tuple(_ours(desk, one))),
        Section("Units", (), ("expected", "held", "no huddle", "no word"), _units(summary)),
    )
    title = f"{site.name_of(one.node)}, {one.name} huddle, {_day(one.on)}"
    return Page(kind="huddle", node=one.node, on=one.on.isoformat(), title=title, sections=_filled(parts), foot=FOOT)


def morning(desk: Desk, on: date | None = None) -> Page:
    """The page of a morning: every node's huddle as `chain` has it."""
    told = chains.morning(desk, on)
    opens, closes = (_clock(desk, at) for at in told.window)
    parts = (
        Section("", (f"Protected time {opens} to {closes}.", *_counted(told.rows))),
        Section(
            "Huddles", (), ("tier", "place", "planned", "state", "opened", "told us", "up", "down"),
            tuple((row.tier, row.name, _clock(desk, row.planned_at), _state(row), _clock(desk, row.opened_at),
                   _clock(desk, row.reported_at), row.problems_up, row.problems_down) for row in told.rows),
        ),
    )  # fmt: skip
    title = f"The morning of {desk.name}, {_day(told.on)}"
    return Page(kind="morning", node=desk.node, on=told.on.isoformat(), title=title, sections=_filled(parts), foot=FOOT)


def board(desk: Desk) -> Page:
    """One page for the whiteboard of a unit: what came back, what is ours, what waits, and the line of the morning."""
    today, site, own = todays.today(desk), sites.read(desk), desk.tier == 1
    parts = (
        Section("ANSWERS FOR US", (), ("problem", "from", "solved?"), tuple(
            (_title(desk, one), site.name_of(one.answer.node) if one.answer else "",
             "did it work?" if one.answer and one.answer.solved else "")
            for one in today.answers.problems
        )),
        Section("OURS TO SOLVE", (), ("problem", "who", "by"), tuple(
            (_title(desk, one), one_line(one.owner or "nobody yet"), _until(one))
            for one in today.ours.problems
        )),
        Section("WAITING ON OTHERS", (), ("problem", "with", "since"), tuple(
            (_title(desk, one), site.name_of(one.holder), _day(desk.local(one.held_since).date()))
            for one in today.waiting.problems
        )),
        Section("THIS MORNING", tuple(
            f"{row.name} {_clock(desk, row.planned_at)}, {_state(row)}"
            for row in today.morning.rows if own or row.tier >= desk.tier
        )),
    )  # fmt: skip
    title = f"{desk.name}, {_day(desk.local(desk.now()).date())}, {_clock(desk, desk.now())}"
    on = desk.local(desk.now()).date().isoformat()
    return Page(kind="board", node=desk.node, on=on, title=title, sections=_filled(parts), foot=FOOT)


def write_page(desk: Desk) -> Path:
    """Write the page for the whiteboard beside the store, above a unit the digest; it replaces that of the same day."""
    from . import digests  # noqa: PLC0415 - above a unit only

    on = desk.local(desk.now()).date().isoformat()
    path = desk.settings.store_folder / "pages" / f"{desk.node}-{on}.txt"
    save(path, write(board(desk), "text") if desk.tier == 1 else _mailed(digests.digest(desk)))
    return path


def write_huddle(desk: Desk, one: Sitting) -> Path:
    """Write the page of a huddle beside the store, to be carried or read out; gives the file."""
    path = desk.settings.store_folder / "pages" / f"{one.subject}.txt"
    save(path, write(huddle(desk, huddles.sitting(desk, name=one.name, on=one.on)), "text"))
    return path


def save(path: Path, text: str) -> None:
    """Put a page into a file, with the line ends it has; only who owns it may read it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + ".part")
        part.touch(mode=0o600)
        part.write_bytes(text.encode("utf-8"))
        part.replace(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror or error}.") from error


def _mailed(mail: reports.Digest) -> str:
    return f"{mail.subject}\n\n{mail.body}"


def _place(ready: tuple[str, Mark]) -> tuple[int, str]:
    """Methods, equipment, supplies, staff; what a site has besides comes after them."""
    key, _ = ready
    return (rollcalls.READY.index(key) if key in rollcalls.READY else len(rollcalls.READY), key)


def _causes(counted: Mapping[str, int], names: Mapping[str, str]) -> str:
    return ", ".join(f"{names.get(cause, cause)} {n}" for cause, n in sorted(counted.items()))


def _kept(told: KeptWork) -> str:
    return f"{told.yes} of {told.yes + told.no}" if told.yes + told.no else ""


def _filled(parts: tuple[Section, ...]) -> tuple[Section, ...]:
    return tuple(one for one in parts if one.lines or one.rows)


def _times(desk: Desk, one: Sitting, summary: Summary) -> Iterator[str]:
    huddle = one.huddle
    if one.planned is not None:
        yield f"Planned {_clock(desk, one.planned.planned_at)}, {one.planned.minutes} min."
    if huddle is None or huddle.opened_at is None:
        yield "Called off." if huddle is not None and huddle.state.value == "skipped" else "Not opened."
        return
    closed = f" to {_clock(desk, huddle.closed_at)}" if huddle.closed_at else ", not closed"
    if huddle.on_paper and huddle.closed_at is not None:
        closed = f", on paper; typed in {_clock(desk, huddle.closed_at)}"
    yield f"Held {_clock(desk, huddle.opened_at)}{closed}."
    if summary.present is not None:
        yield f"There: {summary.present}, leaders: {summary.leaders}."
    if not summary.complete:
        yield "Not all lines are answered."


def _targets(summary: Summary) -> tuple[str, ...]:
    of = summary.targets.met + summary.targets.not_met
    return (f"{summary.targets.met} of {of} met.",) if of else ()


def _measures(one: Sitting, items: tuple[Item, ...]) -> Iterator[tuple[str, str, str, str]]:
    answers = one.huddle.answers if one.huddle else ()
    for item in with_targets(items, answers):
        answer = one.huddle.answer(item.key, item.step) if one.huddle else None
        if item.kind in {Kind.MEASURE, Kind.STANDARD} and answer is not None and answer.value is not None:
            yield item.ask, answer.value, item.limit, _MARKS[answer.mark]


def _problems(summary: Summary, site: Site) -> Iterator[str]:
    told, back = summary.problems, summary.answers
    yield f"{told.raised} raised, {told.escalated} asked for help with, {told.to_know} told above."
    if told.by_category:
        yield "Kinds: " + ", ".join(f"{site.kind(key)} {n}" for key, n in told.by_category.items()) + "."
    yield f"Answers: {back.given} given, {back.read_out} read out, {back.fixed} fixed it."


def _sent(desk: Desk, one: Sitting, places: Places) -> Iterator[tuple[str, str, str, str]]:
    """What this node asked others for, or told them, since its huddle began: to be read out where no network is."""
    if one.node != desk.node or one.huddle is None or one.huddle.opened_at is None or one.on != chains.today(desk):
        return
    for sent in sent_since(desk, places, one.huddle.opened_at):
        asks = sent.hop.mode is Mode.ACTION
        need = safe_words(sent.hop.need, beds=desk.tier == 1) if asks else "to know"
        yield _title(desk, sent.problem), sent.to, need, _by(desk, sent.hop.by) if asks else ""


def _by(desk: Desk, at: datetime | None) -> str:
    return f"{reports.day(desk.local(at).date())} {_clock(desk, at)}" if at else ""


def _ours(desk: Desk, one: Sitting) -> Iterator[tuple[str, str, str]]:
    if one.node != desk.node or one.on != chains.today(desk):
        return
    for problem in todays.ours(desk).problems:
        yield _title(desk, problem), one_line(problem.owner or ""), _until(problem)


def _until(problem: Problem) -> str:
    by = problem.due or problem.check_in
    return reports.day(by) if by else "no plan"


def _units(summary: Summary) -> tuple[tuple[int, int, int, int], ...]:
    units = summary.units
    return ((units.expected, units.held, units.not_held, units.unknown),) if units.expected else ()


def _title(desk: Desk, problem: Problem) -> str:
    """What this node itself called a problem; one that others raised is told by its kind and place."""
    if problem.origin == desk.node:
        return safe_words(problem.title, beds=desk.tier == 1)
    return f"{problem.category}, from {desk.names(problem.origin)}"


def _counted(rows: tuple[Row, ...]) -> Iterator[str]:
    held = sum(row.state in {State.HELD, State.OPEN} for row in rows)
    yield f"Held {held} of {len(rows)}."
    for state, words in ((State.MISSED, "No huddle"), (State.SKIPPED, "Called off"), (State.UNKNOWN, "No word")):
        names = [row.name for row in rows if row.state is state]
        if names:
            yield f"{words}: {', '.join(names)}."


def _state(row: Row) -> str:
    return row.state.value + (", late" if row.late and row.state is not State.LATE else "")


def _day(on: date) -> str:
    return f"{reports.day(on)} {on.year}"


def _clock(desk: Desk, at: datetime | None) -> str:
    return desk.local(at).strftime("%H:%M") if at else ""
