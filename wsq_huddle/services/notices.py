"""Tells people who do not sit at a screen that something is needed now and nobody has it: by mail, to a web address.

Place, kind, urgency and how long: never a word that somebody typed. Once when it comes, once more when nobody has taken
it in time, by each way. Servers are spoken to in threads of their own, so that nothing waits for them.
"""

import logging
import smtplib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import partial
from hashlib import sha256

from wsq_huddle.domain import problems
from wsq_huddle.domain.problems import Problem
from wsq_huddle.domain.records import record
from wsq_huddle.errors import HuddleError

from . import mails, rules, sites
from .desk import Desk

log = logging.getLogger(__name__)

CAME, LATE = "came", "late"

GIVE_UP = timedelta(hours=4)
"""After so long it is no news any more; the screens still say it."""

CLAIM = timedelta(minutes=3)
"""How long one try may take in all; after that another process may try."""

_SHORTEST, _LONGEST = timedelta(seconds=10), timedelta(minutes=10)
_FAILURES = (OSError, smtplib.SMTPException, ValueError, HuddleError)


@record
class Notice:
    """What is told of a problem at one of its turns: `stage` is that it came, or that nobody took it in time.

    `due_at` is when it was to be told first.
    """

    subject: str
    turn: int
    stage: str
    place: str
    call: str
    kind: str
    raised_at: datetime
    since: datetime
    due_at: datetime


def look(desk: Desk) -> list[threading.Thread]:
    """Send what is due now; gives the threads that do it, which nobody has to wait for."""
    ways = dict(_ways(desk))
    started = []
    for notice in due(desk) if ways else ():
        for way, send in ways.items():
            if _claimed(desk, notice, way):
                thread = threading.Thread(
                    target=_send, args=(desk, notice, way, send), name=f"notify-{way}", daemon=True
                )
                thread.start()
                started.append(thread)
    return started


def _ways(desk: Desk) -> Iterator[tuple[str, Callable[[Desk, Notice], None]]]:
    """Each way by which people are told, with a name of its own, so that one that fails is tried again alone."""
    notify = desk.settings.notify
    if notify.mail and desk.settings.mail.host:
        yield "mail", _mail
    if notify.webhook:
        yield "webhook", _post
    for address in _addresses(desk):
        yield f"apprise-{sha256(address.encode()).hexdigest()[:8]}", partial(_by_apprise, address)


def _addresses(desk: Desk) -> list[str]:
    """The addresses for Apprise, one on each line, `#` before a remark; they hold secrets, so they have a file."""
    path = desk.settings.file(desk.settings.notify.apprise_file)
    if path is None:
        return []
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError):
        log.warning("notify.apprise_file cannot be read: nobody is told by it")
        return []
    return [line for line in lines if line and not line.startswith("#")]


def due(desk: Desk) -> list[Notice]:
    """What waits for the people of this node now, told or not; the oldest first."""
    waiting = rules.urgent(desk, desk.tree())
    if not waiting:
        return []
    site = sites.read(desk)
    return [
        notice
        for problem in waiting
        if (notice := _notice(desk, site, problem)) is not None and desk.now() < notice.since + GIVE_UP
    ]


def document(desk: Desk, notice: Notice) -> Mapping[str, object]:
    """What a web address gets."""
    return {
        "event": "urgent",
        "stage": notice.stage,
        "problem": notice.subject,
        "turn": notice.turn,
        "node": desk.node,
        "name": desk.name,
        "place": notice.place,
        "ring": notice.call,
        "kind": notice.kind,
        "urgency": problems.Urgency.NOW.value,
        "raised_at": notice.raised_at.isoformat(),
        "since": notice.since.isoformat(),
        "minutes": _minutes(desk, notice),
        "rehearsal": desk.store.rehearsal,
    }


def written(desk: Desk, notice: Notice) -> EmailMessage:
    """The mail; a second try of the same has the same message id."""
    settings = desk.settings
    subject, words = _told(desk, notice)
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.mail.sender
    message["To"] = ", ".join(settings.notify.mail)
    message["Subject"] = subject
    message["Date"] = format_datetime(desk.local(desk.now()))
    sender = settings.mail.sender.rpartition("@")[2]
    message["Message-ID"] = f"<{notice.subject}.{notice.turn}.{notice.stage}@{sender}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words)
    return message


def _told(desk: Desk, notice: Notice) -> tuple[str, str]:
    """A subject and a few sentences; no word in them that anybody typed."""
    waits = f"nobody has it for {_minutes(desk, notice)} min" if notice.stage == LATE else "nobody has it yet"
    since = desk.local(notice.since)
    subject = f"Urgent: {notice.place}, {notice.kind}, since {since:%H:%M}; {waits}"
    ring = f" Ring {notice.place}: {notice.call}." if notice.call else ""
    words = (
        f"{notice.place} needs something now ({notice.kind}).\n"
        f"{desk.name} was told at {since:%H:%M}, and {waits}.{ring}\n\n"
        f"It stands first on the screens of {desk.name}. What it is stands only there:\n"
        "no text that somebody typed is ever in this message.\n"
    )
    return f"Rehearsal: {subject}" if desk.store.rehearsal else subject, words


def _notice(desk: Desk, site: sites.Site, problem: Problem) -> Notice | None:
    since = problems.waits_at(problem, desk.node)
    if since is None:
        return None
    in_time = timedelta(minutes=desk.settings.rules.acknowledge_now_minutes)
    late = desk.now() >= since + in_time
    kind = next((one.name for one in site.kinds if one.key == problem.category), "other")
    return Notice(
        problem.id,
        problem.turn,
        LATE if late else CAME,
        site.name_of(problem.origin),
        site.call.get(problem.origin, ""),
        kind.lower(),
        problem.raised_at,
        since,
        since + in_time if late else since,
    )


def _minutes(desk: Desk, notice: Notice) -> int:
    return max(0, (desk.now() - notice.since) // timedelta(minutes=1))


def _mail(desk: Desk, notice: Notice) -> None:
    settings = desk.settings
    ca_file = settings.file(settings.mail.ca_file)
    mails.deliver(settings.mail, ca_file, written(desk, notice), mails.password_of(desk))


def _post(desk: Desk, notice: Notice) -> None:
    from wsq_huddle.sync import hooks  # noqa: PLC0415 - httpx, only where there is a web address

    notify = desk.settings.notify
    hooks.post(notify.webhook, document(desk, notice), desk.settings.file(notify.ca_file))


def _by_apprise(address: str, desk: Desk, notice: Notice) -> None:
    from wsq_huddle.sync import messengers  # noqa: PLC0415 - a process of its own, only where there is such an address

    messengers.tell(address, *_told(desk, notice), desk.settings.file(desk.settings.notify.ca_file))


def _send(desk: Desk, notice: Notice, way: str, send: Callable[[Desk, Notice], None]) -> None:
    """One try; what fails is tried again later, in whichever process looks then."""
    again: timedelta | None = None
    try:
        send(desk, notice)
    except _FAILURES as error:
        # Never the error's own words: a server may repeat what it was sent, and an address may hold a secret.
        again = min(max(desk.now() - notice.due_at, _SHORTEST), _LONGEST)
        log.warning("urgent news was not sent by %s: %s", way, type(error).__name__)
    with suppress(HuddleError):  # the store may be closed by now; the claim runs out by itself
        from wsq_huddle.store.timers import settle  # noqa: PLC0415 - imported already, by the claim

        with desk.recording() as writing:
            settle(writing.transaction, notice.subject, _rule(notice, way), turn=notice.turn, again=again)


def _claimed(desk: Desk, notice: Notice, way: str) -> bool:
    from wsq_huddle.store.timers import claim  # noqa: PLC0415 - SQLAlchemy, when something is due

    with desk.recording() as writing:
        return claim(writing.transaction, notice.subject, _rule(notice, way), CLAIM, turn=notice.turn)


def _rule(notice: Notice, way: str) -> str:
    return f"{way}-{notice.stage}"
