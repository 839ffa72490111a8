"""Answers as bytes: packed when that pays, never cached; and what went wrong as a problem document."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from wsq_huddle.sync.taking import Halt
from wsq_huddle.sync.wire import JSON, PROBLEM, PROTOCOL, PROTOCOL_HEADER, pack

_TITLES = {
    400: "Not understood",
    401: "Not let in",
    403: "Not allowed",
    404: "Not there",
    405: "Not that way",
    408: "Too slow",
    409: "Not where we are",
    411: "Length wanted",
    413: "Too large",
    415: "Not such a body",
    426: "Another protocol",
    429: "Too often",
    503: "Not now",
}


class Problem(Halt):
    """An answer that is not 200; the sentence is for people, `code` and `more` are for the program at the other end."""

    def __init__(self, status: int, code: str, sentence: str, *, after: int | None = None, **more: object) -> None:
        super().__init__(sentence)
        self.status, self.code, self.sentence, self.after, self.more = status, code, sentence, after, more


def answer(request: Request, body: dict[str, Any]) -> Response:
    """A JSON answer, gzipped for those who take it."""
    packed, zipped = pack(body)
    headers = _headers()
    if zipped and "gzip" not in request.headers.get("accept-encoding", ""):
        import gzip  # noqa: PLC0415 - hardly ever

        packed, zipped = gzip.decompress(packed), False
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(packed, media_type=JSON, headers=headers)


def problem(found: Problem) -> Response:
    document = {
        "type": "about:blank",
        "title": _TITLES.get(found.status, "Not done"),
        "status": found.status,
        "detail": found.sentence,
        "code": found.code,
        **found.more,
    }
    headers = _headers()
    if found.after is not None:
        headers["Retry-After"] = str(found.after)
    if found.status == 401:  # noqa: PLR2004 - HTTP
        headers["WWW-Authenticate"] = "Bearer"
    return Response(_plain(document), status_code=found.status, media_type=PROBLEM, headers=headers)


def _plain(document: dict[str, Any]) -> bytes:
    import json  # noqa: PLC0415 - the bytes, never packed

    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")


def _headers() -> dict[str, str]:
    return {
        PROTOCOL_HEADER: str(PROTOCOL),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Vary": "Accept-Encoding",
    }
