"""The hub's HTTP: FastAPI routes that read, check and answer; what they do is in `exchanges`."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from functools import cache
from typing import Annotated, Any, TypeVar

import anyio.to_thread
from fastapi import FastAPI, Query
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from wsq_huddle.errors import HuddleError, StoreError
from wsq_huddle.store import links
from wsq_huddle.store.places import PostgresPlace
from wsq_huddle.store.receiving import Status
from wsq_huddle.store.store import Store
from wsq_huddle.sync.wire import ENTRIES, WAIT, secret_hash

from . import exchanges, shapes
from .answers import Problem, answer, problem
from .bodies import STRANGERS, check_protocol, read_body, shaped, stranger, zipped
from .callers import Caller, bearer, caller
from .limits import Limits, address_of
from .news import News, wait_for
from .patience import KNOWN

log = logging.getLogger(__name__)

T = TypeVar("T")
Shape = TypeVar("Shape", bound=BaseModel)

WRITERS = 6
"""Requests that may write at once on PostgreSQL; on SQLite one after the other, in the order in which they came."""

CONTACTS_SECONDS = 15.0


class Desk:
    """What the routes share: the store, who waits, and how much may be done at once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.news: News | None = None
        self._writers = anyio.CapacityLimiter(WRITERS if isinstance(store.place, PostgresPlace) else 1)
        self._readers = anyio.CapacityLimiter(16)
        self._contacts: dict[str, datetime] = {}
        self.limits = Limits()
        self._let_in: set[str] = set()

    async def look(self, function: Callable[..., T], *arguments: object) -> T:
        """Run what only reads, in a thread."""
        return await anyio.to_thread.run_sync(function, self.store, *arguments, limiter=self._readers)

    async def write(self, function: Callable[..., T], *arguments: object) -> T:
        """Run what writes, in a thread."""
        return await anyio.to_thread.run_sync(function, self.store, *arguments, limiter=self._writers)

    async def caller(self, request: Request) -> Caller:
        """Who asks; an address of many unknown tokens is not looked up any more, but for those it let in before."""
        token, address = secret_hash(bearer(request.headers.get("authorization"))), address_of(request)
        if token not in self._let_in:
            self.limits.tokens.check(address)
        try:
            found = await self.look(caller, token)
        except Problem:
            self.limits.tokens.note(address)
            raise
        self._let_in.add(token)
        request.scope[KNOWN] = True
        self._contacts[found.node] = self.store.clock()
        return found

    async def keep_contacts(self) -> None:
        """Write down now and then who has been in touch: not at every poll, a disk has better things to do."""
        while True:
            await asyncio.sleep(CONTACTS_SECONDS)
            with contextlib.suppress(HuddleError):
                await self.flush()

    async def flush(self) -> None:
        contacts, self._contacts = self._contacts, {}
        if contacts:
            await self.write(_keep_contacts, contacts)


def _keep_contacts(store: Store, contacts: dict[str, datetime]) -> None:
    with store.writing() as writing:
        for node, at in sorted(contacts.items()):
            links.heard(writing.transaction, node, at)


def make_app(store: Store) -> FastAPI:
    """The application; its `state.desk.news` can be told to send all who wait home."""
    desk = Desk(store)

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        desk.news = News(store)
        keeping = asyncio.create_task(desk.keep_contacts())
        try:
            yield
        finally:
            keeping.cancel()
            desk.news.end()
            with contextlib.suppress(HuddleError):
                await desk.flush()

    app = FastAPI(title="wsq-huddle hub", version="1", docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.desk = desk
    _add_errors(app)
    _add_exchange(app, desk)
    _add_letting_in(app, desk)
    _add_health(app, desk)
    return app


@cache
def _takes(shape: type[BaseModel]) -> dict[str, Any]:
    """The part of the OpenAPI document about a body that we read ourselves."""
    schema = shape.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _gives(shape: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    return {200: {"model": shape}, "4XX": {"model": shapes.ProblemDocument}}


def _add_exchange(app: FastAPI, desk: Desk) -> None:
    @app.post("/v1/push", responses=_gives(shapes.PushAnswer), openapi_extra=_takes(shapes.PushRequest))
    async def push(request: Request) -> Response:
        check_protocol(request)
        known = await desk.caller(request)
        with desk.limits.pushes.one(known.token_hash):
            asked = await _shaped(desk, shapes.PushRequest, await read_body(request), request)
            given, outcomes = await desk.write(exchanges.push, known, asked)
        for outcome in outcomes:
            if outcome.status is Status.REFUSED:
                log.warning("refused", extra={"node": known.node, "entry": outcome.id, "reason": outcome.reason})
        return answer(request, given)

    @app.get("/v1/feed", responses=_gives(shapes.FeedAnswer))
    async def feed(
        request: Request,
        epoch: Annotated[int, Query(ge=0)],
        after: Annotated[int, Query(ge=0, lt=2**53)],
        limit: Annotated[int, Query(ge=1)] = ENTRIES,
        wait: Annotated[float, Query(ge=0)] = 0,
    ) -> Response:
        check_protocol(request)
        ends = time.monotonic() + min(wait, WAIT)
        with desk.limits.polls.one((await desk.caller(request)).token_hash):
            while True:
                event = desk.news.event if desk.news else asyncio.Event()
                known = await desk.caller(request)
                exchanges.may_listen(known, epoch)
                head, acked = await desk.look(exchanges.stands, known)
                left = ends - time.monotonic()
                if head != after or left <= 0 or (desk.news is not None and desk.news.ended):
                    break
                if acked < after:  # before the wait, so that nothing is said to wait that the child has
                    await desk.write(exchanges.acknowledge, known, after)
                await wait_for(event, left)
            return answer(request, await desk.write(exchanges.feed, known, after, limit))

    @app.get("/v1/hello", responses=_gives(shapes.HelloAnswer))
    async def hello(
        request: Request,
        read: Annotated[int, Query(ge=0, lt=2**53)] = 0,
        now: Annotated[str, Query(max_length=40)] = "",
    ) -> Response:
        check_protocol(request)
        known = await desk.caller(request)
        with desk.limits.others.one(known.token_hash):
            return answer(request, await desk.write(exchanges.hello, known, read, now))

    @app.post("/v1/restart", responses=_gives(shapes.RestartAnswer), openapi_extra=_takes(shapes.RestartRequest))
    async def restart(request: Request) -> Response:
        check_protocol(request)
        known = await desk.caller(request)
        with desk.limits.others.one(known.token_hash):
            asked = await _shaped(desk, shapes.RestartRequest, await read_body(request), request)
            log.warning("begun anew, because the node below knows more of us", extra={"node": known.node})
            return answer(request, await desk.write(exchanges.restart, known, asked))


def _add_letting_in(app: FastAPI, desk: Desk) -> None:
    @app.post("/v1/enrol", responses=_gives(shapes.EnrolAnswer), openapi_extra=_takes(shapes.EnrolRequest))
    async def enrol(request: Request) -> Response:
        check_protocol(request)
        address = address_of(request)
        desk.limits.codes.check(address)
        with desk.limits.strangers.one(address):
            asked = stranger(shapes.EnrolRequest, await read_body(request, STRANGERS), packed=zipped(request))
            given = await admitted(request, address, asked)
        log.info("enrolled", extra={"node": asked.node, "epoch": given["epoch"]})
        return answer(request, given)

    async def admitted(request: Request, address: str, asked: shapes.EnrolRequest) -> dict[str, Any]:
        present = bearer(request.headers.get("authorization")) if asked.code is None else None
        try:
            return await desk.write(exchanges.enrol, asked, present)
        except Problem as refused:
            desk.limits.codes.note(address)
            log.warning("not enrolled", extra={"node": asked.node, "reason": refused.code})
            raise

    @app.post("/v1/token", responses=_gives(shapes.TokenAnswer), openapi_extra=_takes(shapes.TokenRequest))
    async def token(request: Request) -> Response:
        check_protocol(request)
        known = await desk.caller(request)
        with desk.limits.others.one(known.token_hash):
            asked = await _shaped(desk, shapes.TokenRequest, await read_body(request), request)
            return answer(request, await desk.write(exchanges.renew, known, asked))


def _add_health(app: FastAPI, desk: Desk) -> None:
    @app.get("/healthz")
    async def healthz(request: Request) -> Response:
        return answer(request, {"ok": True})

    @app.get("/readyz")
    async def readyz(request: Request) -> Response:
        with desk.limits.strangers.one(address_of(request)):
            if not await desk.look(exchanges.ready):
                raise Problem(503, "store", "The store cannot be read.", after=10)
        return answer(request, {"ok": True})


async def _shaped(desk: Desk, shape: type[Shape], body: bytes, request: Request) -> Shape:
    packed = zipped(request)
    if len(body) < 10_000 and not packed:  # noqa: PLR2004 - bytes; a thread costs more than reading them
        return shaped(shape, body, zipped=False)

    def read(_store: Store) -> Shape:
        return shaped(shape, body, zipped=packed)

    return await desk.look(read)


def _add_errors(app: FastAPI) -> None:
    async def told(_request: Request, found: Problem) -> Response:
        return problem(found)

    async def store(_request: Request, error: StoreError) -> Response:
        log.error("the store did not take it: %s", type(error.__cause__ or error).__name__)
        return problem(Problem(503, "store", "The store of the hub does not take it just now.", after=5))

    async def unknown(_request: Request, error: HTTPException) -> Response:
        return problem(Problem(error.status_code, "http", str(error.detail)))

    async def invalid(_request: Request, _error: Exception) -> Response:
        return problem(Problem(400, "shape", "The question is not put as it should be."))

    from fastapi.exceptions import RequestValidationError  # noqa: PLC0415 - beside its only use

    handlers: list[tuple[type[Exception], Callable[..., Awaitable[Response]]]] = [
        (Problem, told),
        (StoreError, store),
        (HTTPException, unknown),
        (RequestValidationError, invalid),
    ]
    for kind, handler in handlers:
        app.add_exception_handler(kind, handler)
