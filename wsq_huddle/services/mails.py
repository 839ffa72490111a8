"""Sends the digest by mail, before this node's huddle and after it.

Looked at by whoever runs the rules of time. What is said is read at once; the mail server is spoken to in a thread of
its own, so that nothing waits for it. A kept timer sees to it that each mail is sent once, whoever runs and how often.
"""

import logging
import smtplib
import ssl
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wsq_huddle.domain.calendars import Planned
from wsq_huddle.domain.huddles import State
from wsq_huddle.domain.records import record
from wsq_huddle.domain.reports import Digest
from wsq_huddle.errors import ConfigError, HuddleError

from . import digests, huddles
from .desk import Desk
from .huddles import Sitting
from .places import Places

if TYPE_CHECKING:
    from wsq_huddle.config.tables import Mail

log = logging.getLogger(__name__)

BEFORE, AFTER = "mail-before", "mail-after"

AFTER_HOURS = timedelta(hours=4)
"""So long the mail after a huddle is still worth sending."""

LEFT_OPEN = timedelta(minutes=30)
"""A huddle that nobody closes is over so long after its time."""

SECONDS = 10
"""How long the mail server may take for one answer."""

CLAIM = timedelta(minutes=3)
"""How long one try may take in all; after that another process may try."""

_SHORTEST, _LONGEST = timedelta(seconds=10), timedelta(minutes=10)


@record
class Due:
    """A mail that is to be sent now, and the time since which it is."""

    sitting: Sitting
    rule: str
    since: datetime


def look(desk: Desk) -> list[threading.Thread]:
    """Send what is due now; gives the threads that do it, which nobody has to wait for."""
    started = []
    for one in due(desk):
        try:
            mail = digests.digest(desk, one.sitting, after=one.rule == AFTER)
            message = written(desk, one, mail)
            password = password_of(desk)
        except HuddleError as error:
            log.warning("the digest cannot be made: %s", type(error).__name__)
            continue
        if _claimed(desk, one):
            thread = threading.Thread(target=_send, args=(desk, one, message, password), name="mail", daemon=True)
            thread.start()
            started.append(thread)
    return started


def due(desk: Desk) -> list[Due]:
    """The mails whose time it is, sent or not."""
    mail = desk.settings.mail
    if not mail.host or not mail.to or desk.tier == 1:
        return []
    now, places = desk.now(), Places(desk)
    today = desk.local(now).date()
    found = []
    for slot in places.of(desk.node).planned(today):
        sitting = huddles.sitting(desk, name=slot.name, on=today, places=places)
        begins = slot.planned_at - timedelta(minutes=mail.before_minutes)
        if mail.before and sitting.state is not State.SKIPPED and begins <= now < slot.planned_at:
            found.append(Due(sitting, BEFORE, begins))
        over = _over(sitting, slot, now) if mail.after else None
        if over is not None and over <= now < over + AFTER_HOURS:
            found.append(Due(sitting, AFTER, over))
    return found


def written(desk: Desk, one: Due, mail: Digest) -> EmailMessage:
    """The mail; the same huddle has the same message id, so that a mail program shows one that came twice once."""
    settings = desk.settings.mail
    message = EmailMessage(policy=SMTP)
    message["From"] = settings.sender
    message["To"] = ", ".join(settings.to)
    if settings.reply_to:
        message["Reply-To"] = settings.reply_to
    message["Subject"] = f"Rehearsal: {mail.subject}" if desk.store.rehearsal else mail.subject
    message["Date"] = format_datetime(desk.local(desk.now()))
    message["Message-ID"] = f"<{one.sitting.subject}.{one.rule}@{settings.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message


def deliver(mail: "Mail", ca_file: Path | None, message: EmailMessage, password: str) -> None:
    """Hand a mail to the server; its certificate is verified, and what does not begin TLS gets nothing."""
    context = ssl.create_default_context()
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=SECONDS)
    with server:
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, password)
        server.send_message(message)


def _send(desk: Desk, one: Due, message: EmailMessage, password: str) -> None:
    """One try; what fails is tried again later, in whichever process looks then."""
    settings = desk.settings
    again: timedelta | None = None
    try:
        deliver(settings.mail, settings.file(settings.mail.ca_file), message, password)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        # Never the error's own words: a server may repeat the mail in them.
        again = min(max(desk.now() - one.since, _SHORTEST), _LONGEST)
        log.warning("the digest was not sent by %s: %s", settings.mail.host, type(error).__name__)
    with suppress(HuddleError):  # the store may be closed by now; the claim runs out by itself
        _settle(desk, one, again)


def _over(sitting: Sitting, slot: Planned, now: datetime) -> datetime | None:
    """When a huddle that was opened was over; None as long as it goes on."""
    huddle = sitting.huddle
    if huddle is None or huddle.opened_at is None or huddle.state is State.SKIPPED:
        return None
    if huddle.closed_at is not None:
        return huddle.closed_at
    ends = max(slot.ends_at, huddle.opened_at + timedelta(minutes=slot.minutes)) + LEFT_OPEN
    return ends if ends <= now else None


def _claimed(desk: Desk, one: Due) -> bool:
    from wsq_huddle.store.timers import claim  # noqa: PLC0415 - SQLAlchemy, when something is due

    with desk.recording() as writing:
        return claim(writing.transaction, one.sitting.subject, one.rule, CLAIM)


def _settle(desk: Desk, one: Due, again: timedelta | None) -> None:
    from wsq_huddle.store.timers import settle  # noqa: PLC0415 - imported already, by the claim

    with desk.recording() as writing:
        settle(writing.transaction, one.sitting.subject, one.rule, again=again)


def password_of(desk: Desk) -> str:
    """The password for the mail server; empty where none is needed."""
    path = desk.settings.file(desk.settings.mail.password_file)
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"mail.password_file: {path} cannot be read.") from error
