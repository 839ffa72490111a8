"""Looking at problems: a list, one with its story, those like a text."""

from typing import Annotated

from typer import Argument, Context, Option

from wsq_huddle.cli.commands import Verb
from wsq_huddle.cli.opening import at_desk
from wsq_huddle.cli.reading import one_of
from wsq_huddle.cli.telling import tell
from wsq_huddle.domain.problems import State
from wsq_huddle.services import problems

from .showing import Id, answer_with, app, draw_list, shown

PLACES = ("here", "away", "all")


@app.command("list", cls=Verb)
def listed(
    context: Context,
    at: Annotated[
        str, Option(help="here: open work held here. away: raised or held here, now elsewhere. all.")
    ] = "all",
    state: Annotated[str, Option(help="open, resolved, closed or withdrawn; several with commas.")] = "",
    search: Annotated[str, Option(help="Words; the best match first.")] = "",
) -> None:
    """List problems, the newest change first."""
    place = one_of(at, "--at", PLACES)
    states = [one_of(word.strip(), "--state", State) for word in state.split(",") if word.strip()]
    with at_desk(context) as desk:
        found = problems.listed(desk, at=place, state=states, search=search)
        tell(context, [shown(one) for one in found], lambda: draw_list(desk, found, "No problems."))


@app.command(cls=Verb)
def show(context: Context, id: Id) -> None:
    """Show one problem and its story."""
    with at_desk(context) as desk:
        answer_with(context, desk, problems.read(desk, problems.find(desk, id)))


@app.command(cls=Verb)
def similar(context: Context, text: Annotated[str, Argument(help="A title, or some words.")]) -> None:
    """Find earlier problems like this one, the best match first."""
    with at_desk(context) as desk:
        found = problems.similar(desk, text)
        document = [{**shown(one), "score": round(score, 3)} for score, one in found]
        tell(context, document, lambda: draw_list(desk, [one for _, one in found], "Nothing like it was raised here."))
