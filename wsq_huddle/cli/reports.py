"""`report`: a huddle, a morning or the digest as a page for people who are not here."""

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Context, Option

from wsq_huddle.cli.commands import Verb
from wsq_huddle.cli.opening import asked_of, at_desk
from wsq_huddle.cli.reading import day, one_of
from wsq_huddle.cli.telling import as_json, say, tell, write
from wsq_huddle.domain.reports import FORMS, Page
from wsq_huddle.domain.reports import write as written
from wsq_huddle.services import digests, huddles, reports
from wsq_huddle.services.desk import Desk

app = typer.Typer(rich_markup_mode=None, add_completion=False)
_PAGES = ("huddle", "morning", "digest")


@app.command(cls=Verb)
def report(
    context: Context,
    what: Annotated[str, Argument(help="huddle, morning or digest.")] = "huddle",
    *,
    on: Annotated[str, Option(help="The day, as 2026-11-24; by default today.")] = "",
    name: Annotated[str, Option("--huddle", help="Which one, where there are several a day.")] = "",
    form: Annotated[str, Option("--format", help="text, html, markdown, csv or json.")] = "",
    after: Annotated[bool, Option("--after", help="The digest of after the huddle: what was decided.")] = False,
    out: Annotated[str, Option(help="A file to write it to, in place of the screen.")] = "",
) -> None:
    """Write a page: numbers and this place's own words, nothing that may identify a patient."""
    one_of(what, "WHAT", _PAGES)
    chosen = one_of(form or ("json" if asked_of(context).json and not out else "text"), "--format", FORMS)
    with at_desk(context) as desk:
        text = _text(desk, what, chosen, on=on, name=name, after=after)
        if out:
            path = Path(out).absolute()
            reports.save(path, text)
            tell(context, {"file": str(path), "format": chosen}, lambda: say(f"Written to {path}."))
        elif asked_of(context).json and chosen != "json":
            write(as_json({"format": chosen, "text": text}))
        else:
            write(text.removesuffix("\n"))


def _text(desk: Desk, what: str, form: str, *, on: str, name: str, after: bool) -> str:
    when = day(on, "--on", desk.zone) if on else None
    if what == "digest":
        one = huddles.sitting(desk, name=name or None, on=when)
        found = digests.digest(desk, one, after=after)
        return f"Subject: {found.subject}\n\n{found.body}" if form == "text" else written(found.page(), form)
    page: Page = (
        reports.morning(desk, when)
        if what == "morning"
        else reports.huddle(desk, huddles.sitting(desk, name=name or None, on=when))
    )
    return written(page, form)
