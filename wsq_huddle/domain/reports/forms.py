"""A page in its five forms. Each makes mere words of what stands on it: no control byte, no markup, no formula."""

import csv
import html
import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from wsq_huddle.domain.text import one_line

from .pages import Cell, Page, Section
from .texts import WIDE, filled, wide

_LIKE_FORMULAS = tuple("=+-@\t\r\n|%＝＋－＠")  # noqa: RUF001 - spreadsheets read the wide ones too
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#|~&$^@!]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_BEGINS_A_BLOCK = re.compile(r"^(?:[-+=]|\d+(?=[.)]))")
_STYLE = (
    "body{font:16px/1.45 sans-serif;max-width:48em;margin:2em auto;padding:0 1em;color:#111;background:#fff}"
    "h1{font-size:1.4em}h2{font-size:1.1em;margin:1.4em 0 .3em}table{border-collapse:collapse}"
    "th,td{border:1px solid #777;padding:.2em .6em;text-align:left;vertical-align:top}p{margin:.2em 0}"
    "footer{margin-top:2em;color:#444;font-size:.9em}"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write(page: Page, form: str) -> str:
    """The page in one of `FORMS`, with a line end at its end."""
    return FORMS[form](_cleaned(page))


def _cleaned(page: Page) -> Page:
    """The page with every text of it on one line, without anything that a terminal or a program would act on."""
    return replace(
        page,
        title=one_line(page.title),
        foot=one_line(page.foot),
        sections=tuple(
            Section(
                one_line(one.title),
                tuple(one_line(line) for line in one.lines),
                tuple(one_line(column) for column in one.columns),
                tuple(tuple(one_line(cell) if isinstance(cell, str) else cell for cell in row) for row in one.rows),
            )
            for one in page.sections
        ),
    )


def _text(page: Page) -> str:
    lines = [*filled(page.title), "=" * WIDE]
    for section in page.sections:
        lines += ["", *filled(section.title)] if section.title else [""]
        for line in section.lines:
            lines += filled(line, rest="  ")
        lines += _rows(section)
    if page.foot:
        lines += ["", *filled(page.foot)]
    return "\n".join(lines) + "\n"


def _rows(section: Section) -> list[str]:
    """A table in columns as wide as they need to be; where that is too wide, a row is a line of words."""
    table = [section.columns, *([_said(cell) for cell in row] for row in section.rows)] if section.columns else []
    if not section.rows:
        return []
    widths = [max(wide(row[at]) for row in table) for at in range(len(section.columns))]
    if sum(widths) + 2 * (len(widths) - 1) > WIDE:
        return [
            line
            for row in section.rows
            for line in filled(
                ", ".join(f"{name} {_said(cell)}".strip() for name, cell in zip(section.columns, row, strict=True)),
                rest="  ",
            )
        ]
    return ["  ".join(cell + " " * (widths[at] - wide(cell)) for at, cell in enumerate(row)).rstrip() for row in table]


def _html(page: Page) -> str:
    escape = html.escape
    parts = [
        "<!doctype html>",
        f'<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>{escape(page.title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(page.title)}</h1>",
    ]
    for section in page.sections:
        parts += [f"<h2>{escape(section.title)}</h2>"] if section.title else []
        parts += [f"<p>{escape(line)}</p>" for line in section.lines]
        if section.rows:
            heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in section.columns)
            parts.append(f"<table><tr>{heads}</tr>")
            for row in section.rows:
                parts.append("<tr>" + "".join(f"<td>{escape(_said(cell))}</td>" for cell in row) + "</tr>")
            parts.append("</table>")
    parts += [f"<footer>{escape(page.foot)}</footer>"] if page.foot else []
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _markdown(page: Page) -> str:
    lines = [f"# {_plain(page.title)}"]
    for section in page.sections:
        lines += ["", f"## {_plain(section.title)}", ""] if section.title else [""]
        lines += [f"- {_plain(line)}" for line in section.lines]
        if section.rows:
            lines += [""] if section.lines else []
            lines.append("| " + " | ".join(_plain(column) for column in section.columns) + " |")
            lines.append("|" + " --- |" * len(section.columns))
            lines += ["| " + " | ".join(_plain(_said(cell)) for cell in row) + " |" for row in section.rows]
    lines += ["", _plain(page.foot)] if page.foot else []
    return "\n".join(lines) + "\n"


def _plain(words: str) -> str:
    """Words that Markdown takes for words."""
    escaped = _MARKDOWN.sub(lambda found: "\\" + found[0], words)
    return _BEGINS_A_BLOCK.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", escaped)


def _csv(page: Page) -> str:
    """A row for each line and each row of a table, its section first; for spreadsheets, so with their line ends."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(_harmless(cell) for cell in (page.kind, page.node, page.on, page.title))
    for section in page.sections:
        rows.writerows([_harmless(section.title), _harmless(line)] for line in section.lines)
        for row in (section.columns, *section.rows) if section.rows else ():
            rows.writerow([_harmless(section.title), *(_harmless(cell) for cell in row)])
    return written.getvalue()


def _harmless(cell: Cell) -> Cell:
    """A cell that no spreadsheet works out: words that begin like a formula get an apostrophe before them."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.lstrip().startswith(_LIKE_FORMULAS) else cell
    return cell


def _json(page: Page) -> str:
    document = {
        "kind": page.kind,
        "node": page.node,
        "on": page.on,
        "title": page.title,
        "sections": [
            {
                "title": section.title,
                "lines": list(section.lines),
                "rows": [dict(zip(map(_key, section.columns), row, strict=True)) for row in section.rows],
            }
            for section in page.sections
        ],
    }
    return json.dumps(document, ensure_ascii=True, allow_nan=False, indent=2) + "\n"


def _key(column: str) -> str:
    """A column as a key: `told us` is `told_us`, `solved?` is `solved`."""
    return re.sub(r"\W+", "_", column.casefold()).strip("_") or column


def _said(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:g}"
    return "" if cell is None else str(cell)


FORMS: Mapping[str, Callable[[Page], str]] = {
    "text": _text,
    "html": _html,
    "markdown": _markdown,
    "csv": _csv,
    "json": _json,
}
"""Every form that a page can have, by the name that the command takes."""
