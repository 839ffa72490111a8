"""The prompts of `--plain` in this process: lines in, what is said out."""

import io

from wsq_huddle.cli.plain.holding import Held
from wsq_huddle.cli.plain.talk import Talk
from wsq_huddle.services.desk import Desk


def told(desk: Desk, *lines: str) -> str:
    """What is said when these lines are typed at the prompts, and then nothing more comes."""
    out = io.StringIO()
    Held(desk, Talk(io.StringIO("".join(f"{line}\n" for line in lines)), out)).run()
    return out.getvalue()
