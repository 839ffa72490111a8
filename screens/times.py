"""Days, times and ages as people say them: `Wed 25`, `Wed 16:10`, `in 6 min`, `5 d`, `3 d over`.

Names of days and months do not follow the locale of the PC: in a shared room all see the same words.
"""

from datetime import date, datetime, timedelta

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK, _MONTH = 7, 28
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def day(on: date) -> str:
    """Write a day of these weeks: `Wed 25`."""
    return f"{DAYS[on.weekday()]} {on.day}"


def full_day(on: date) -> str:
    """Write a day with its month: `Wed 25 Nov`."""
    return f"{day(on)} {MONTHS[on.month - 1]}"


def clock(at: datetime) -> str:
    """Write a local time of today: `07:16`."""
    return f"{at:%H:%M}"


def when(at: datetime, now: datetime) -> str:
    """Write when something was, both times local: `07:43` today, `Wed 16:10` this week, then `Wed 18`, `3 Mar`."""
    days = (now.date() - at.date()).days
    if days == 0:
        return clock(at)
    if 0 < days < _WEEK:
        return f"{DAYS[at.weekday()]} {clock(at)}"
    return day(at.date()) if abs(days) < _MONTH else f"{at.day} {MONTHS[at.month - 1]}"


def since(on: date, today: date) -> str:
    """Write from which day on: `today`, `Sat`, `Wed 18`, `3 Mar`."""
    days = (today - on).days
    if days == 0:
        return "today"
    if 0 < days < _WEEK:
        return DAYS[on.weekday()]
    return day(on) if abs(days) < _MONTH else f"{on.day} {MONTHS[on.month - 1]}"


def by(at: datetime, now: datetime) -> str:
    """Write until when something is wanted: `by 10:00`, `by Wed 2`."""
    if at.date() == now.date():
        return f"by {clock(at)}"
    return f"by {day(at.date())}" if abs((at - now).days) < _MONTH else f"by {at.day} {MONTHS[at.month - 1]}"


def wanted(at: datetime, now: datetime) -> str:
    """Write until when something is wanted, to the minute: `16:00` today, else `Wed 26 16:00`."""
    return clock(at) if at.date() == now.date() else f"{day(at.date())} {clock(at)}"


def took(lasted: timedelta | None) -> str:
    """Say how long a huddle took, as the rest of a line: ` It took 9 min.`; nothing where nobody knows."""
    return "" if lasted is None else f" It took {max(1, round(lasted / timedelta(minutes=1)))} min."


def typed(at: datetime, now: datetime) -> str:
    """Write until when something is wanted, as one types it: `10:00`, `4 dec 16:00`."""
    return clock(at) if at.date() == now.date() else f"{at.day} {MONTHS[at.month - 1].lower()} {clock(at)}"


def age(span: timedelta) -> str:
    """Write how old something is: `25 min`, `4 h`, `5 d`."""
    if span < _HOUR:
        return f"{max(0, span // timedelta(minutes=1))} min"
    return f"{span // _HOUR} h" if span < _DAY else f"{round(span / _DAY)} d"


def until(span: timedelta) -> str:
    """Write how far off something is: `in 6 min`, `now`, `4 min ago`."""
    minutes = round(span / timedelta(minutes=1))
    if minutes == 0:
        return "now"
    told = age(timedelta(minutes=abs(minutes)))
    return f"in {told}" if minutes > 0 else f"{told} ago"


def due(on: date, today: date) -> str:
    """Write when a plan is due: `due today`, `due Wed 2`, `3 d over`."""
    if on == today:
        return "due today"
    return f"due {day(on)}" if on > today else f"{(today - on).days} d over"


def brief(name: str) -> str:
    """Shorten the name of a person as a list has it: `Ana Ruiz` to `Ana R.`; all other words stay as they are."""
    words = name.split()
    if len(words) == 2 and all(word.isalpha() and word[0].isupper() and len(word) > 2 for word in words):  # noqa: PLR2004 - first and last name
        return f"{words[0]} {words[1][0]}."
    return name


def counted(number: int, name: str) -> str:
    """Write so many of what the site calls by a word in the plural: `2 falls`, `1 fall`, `1 pressure injury`."""
    for many, one in (("ies", "y"), ("ches", "ch"), ("s", "")):
        if number == 1 and name.endswith(many):
            return f"1 {name.removesuffix(many)}{one}"
    return f"{number} {name}"
