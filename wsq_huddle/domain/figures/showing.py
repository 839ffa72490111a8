"""The figures as a document, with the names that others rely on."""

from typing import Any

from .counting import Answers, Figures, Huddles, Problems


def as_json(figures: Figures) -> dict[str, Any]:
    """The figures as `figures --json` prints them."""
    asked = {"silent": set(figures.silent), "escalates_everything": set(figures.asks_up)}
    return {
        "from": figures.begins.isoformat(),
        "to": figures.ends.isoformat(),
        **_plain(figures.huddles, figures.problems, figures.answers),
        "silent": list(figures.silent),
        "escalates_everything": list(figures.asks_up),
        "nodes": [
            {
                "node": one.place.node,
                "name": one.place.name,
                "tier": one.place.tier,
                **_plain(one.huddles, one.problems, one.answers),
                **{name: [one.place.node] if one.place.node in nodes else [] for name, nodes in asked.items()},
            }
            for one in figures.parts
        ],
    }


def _plain(huddles: Huddles, problems: Problems, answers: Answers) -> dict[str, Any]:
    told = {name: value for name, value in vars(huddles).items() if name != "unknown"}
    return {"huddles": told, "problems": dict(vars(problems)), "answers": dict(vars(answers))}
