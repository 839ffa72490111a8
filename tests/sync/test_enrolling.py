"""Codes, tokens, epochs: who gets in, who does not, and what a lost answer costs."""

import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from tests.sync.callers import Caller, caller
from tests.sync.places import Hospital, count, eventually, made, me, on_both, opened, problem, raised, recorded
from wsq_huddle.domain.entries import Entry
from wsq_huddle.domain.problems import Assigned, Escalated
from wsq_huddle.errors import NotAllowed, NotFound, Rejected
from wsq_huddle.store import links
from wsq_huddle.sync import authority
from wsq_huddle.sync.enrolling import LASTS, ask_to_renew, invite, recover, revoke
from wsq_huddle.sync.hub.limits import CODES
from wsq_huddle.sync.joining import join, join_again
from wsq_huddle.sync.link import Touch, Way, state_of
from wsq_huddle.sync.link.positions import position_of, token_of
from wsq_huddle.sync.taking import Page, take
from wsq_huddle.sync.wire import plain_code, secret_hash


def code_for(place: Hospital, node: str, parent: str, lasts: timedelta = LASTS) -> str:
    return invite(place.store(parent), me(parent), node, node, 1, lasts=lasts).code


@on_both
def test_a_node_that_joins_is_registered_at_both_ends(place: Hospital) -> None:
    joined = place.enrol("4-west", "cardiac")

    assert (joined.parent, joined.parent_name, joined.tier) == ("cardiac", "Cardiac", 1)
    rows = place.store("4-west").look().rows("SELECT key, name, parent FROM node ORDER BY key")
    assert [tuple(row.values()) for row in rows] == [("4-west", "4 West", "cardiac"), ("cardiac", "Cardiac", None)]
    assert state_of(place.store("4-west")).touch is Touch.IN_TOUCH


def test_the_code_and_the_token_are_kept_as_hashes_only(place: Hospital, tmp_path: Path) -> None:
    hub = place.hub("cardiac")
    code = code_for(place, "4-west", "cardiac")
    join(place.store("4-west"), Way(hub.url), code)
    token = token_of(place.store("4-west"))

    kept = (tmp_path / "cardiac" / "huddle.db").read_bytes() + (tmp_path / "4-west" / "huddle.db").read_bytes()
    assert token.encode() not in kept
    assert plain_code(code).encode() not in kept
    assert code.encode() not in kept
    assert secret_hash(token).encode() in kept


@on_both
def test_a_lost_answer_is_asked_for_again_with_the_same_code(place: Hospital) -> None:
    hub = place.hub("cardiac")
    code = code_for(place, "4-west", "cardiac")
    asked = {"node": "4-west", "token_hash": "a" * 64, "code": code.lower().replace("-", " ")}
    first = Caller(hub.url, "none").post("/v1/enrol", asked).json()
    second = Caller(hub.url, "none").post("/v1/enrol", asked).json()

    assert first["epoch"] == second["epoch"] == 1
    assert count(place.store("cardiac"), "kind = 'node.enrolled' AND subject = 'node-4-west'") == 1


@on_both
def test_a_used_code_lets_nobody_else_in(place: Hospital) -> None:
    hub = place.hub("cardiac")
    code = code_for(place, "4-west", "cardiac")
    join(place.store("4-west"), Way(hub.url), code)
    thief = made(place.folder / "thief", "4-west")

    with pytest.raises(Rejected, match="has been used"):
        join(thief, Way(hub.url), code)
    thief.close()


def test_an_expired_code_lets_nobody_in(place: Hospital) -> None:
    code = code_for(place, "4-west", "cardiac", lasts=timedelta(seconds=-1))

    with pytest.raises(Rejected, match="has expired"):
        join(place.store("4-west"), Way(place.hub("cardiac").url), code)


def test_five_wrong_tries_make_a_code_worthless(place: Hospital) -> None:
    way = Way(place.hub("cardiac").url)
    code = code_for(place, "4-west", "cardiac")
    for number in range(5):
        with pytest.raises(Rejected, match="not right"):
            join(place.store("4-west"), way, f"0000-0000-0000-000{number}")

    with pytest.raises(Rejected, match="not right"):
        join(place.store("4-west"), way, code)


def test_who_goes_on_guessing_is_sent_away_for_a_while(place: Hospital) -> None:
    hub = place.hub("cardiac")
    answers = [
        Caller(hub.url, "none").post("/v1/enrol", {"node": "x", "token_hash": "a" * 64, "code": f"wrong{number}"})
        for number in range(CODES + 1)
    ]

    assert [answer.status_code for answer in answers] == [403] * CODES + [429]
    assert 50 < int(answers[-1].headers["retry-after"]) <= 61


def test_a_code_is_good_for_the_node_it_was_made_for_only(place: Hospital) -> None:
    code = code_for(place, "4-west", "cardiac")

    with pytest.raises(Rejected, match="not right"):
        join(place.store("5-east"), Way(place.hub("cardiac").url), code)


def test_a_second_invitation_makes_the_first_worthless(place: Hospital) -> None:
    first = code_for(place, "4-west", "cardiac")
    second = code_for(place, "4-west", "cardiac")
    way = Way(place.hub("cardiac").url)

    with pytest.raises(Rejected):
        join(place.store("4-west"), way, first)
    assert join(place.store("4-west"), way, second).parent == "cardiac"


def test_a_key_that_another_parent_has_given_away_is_not_invited_again(place: Hospital) -> None:
    place.joined(("cardiac", "executive"), ("surgery", "executive"), ("4-west", "cardiac"))
    place.exchange("cardiac")

    with pytest.raises(NotAllowed, match="belongs to 4 West already"):
        invite(place.store("executive"), me("executive"), "4-west", "Fourth", 1)
    with pytest.raises(NotAllowed, match="below itself"):
        invite(place.store("cardiac"), me("cardiac"), "cardiac", "Cardiac", 1)
    with pytest.raises(NotAllowed, match="lower tier"):
        invite(place.store("cardiac"), me("cardiac"), "lab", "Lab", 2)


def test_a_rehearsal_never_joins_what_is_in_earnest(place: Hospital) -> None:
    play = made(place.folder / "play", "4-west", rehearsal=True)
    code = code_for(place, "4-west", "cardiac")

    with pytest.raises(Rejected, match="A rehearsal cannot join"):
        join(play, Way(place.hub("cardiac").url), code)
    play.close()
    assert join(place.store("4-west"), Way(place.hub("cardiac").url), code).parent == "cardiac"


def test_a_department_brings_its_units_along_when_it_joins_the_executive(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"), ("cardiac", "executive"))
    place.exchange("cardiac")
    place.exchange("4-west")

    rows = place.store("executive").look().rows("SELECT key, parent FROM node ORDER BY key")
    tree = {row["key"]: row["parent"] for row in rows}
    assert tree == {"executive": None, "cardiac": "executive", "4-west": "cardiac"}
    below = {row["key"]: row["parent"] for row in place.store("4-west").look().rows("SELECT key, parent FROM node")}
    assert below == tree
    assert place.store("executive").look().rows("SELECT reason FROM parked") == []


def test_a_new_computer_brings_back_what_the_parent_holds_of_the_node(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    subject = raised(place.store("4-west"))
    recorded(place.store("4-west"), subject, Escalated(to="cardiac", need="two pumps"))
    place.exchange("4-west")
    place.stores.pop("4-west").close()
    shutil.rmtree(place.folder / "4-west")
    place.enrol("4-west", "cardiac")

    back = problem(place.store("4-west"), subject)
    assert back is not None
    assert (back.title, back.holder) == ("Two IV pumps missing", "cardiac")
    assert position_of(place.store("4-west")).epoch == 2
    assert place.store("4-west").look().rows("SELECT reason FROM parked") == []


def test_the_computer_that_was_replaced_may_send_what_it_has_and_gets_nothing(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    old, old_way = place.stores.pop("4-west"), place.ways["4-west"]
    (place.folder / "4-west").rename(place.folder / "old")
    old.close()
    place.enrol("4-west", "cardiac")

    place.stores["old"], place.ways["old"] = opened(place.folder / "old", "4-west"), old_way
    subject = raised(place.store("old"), "Written before it was replaced")
    exchanged = place.exchange("old")

    assert exchanged.sent == 1
    assert problem(place.store("cardiac"), subject) is not None
    fenced = Caller(place.hub("cardiac").url, token_of(place.store("old")))
    assert fenced.get("/v1/feed", epoch=1, after=0).json()["code"] == "fenced"
    place.exchange("4-west")
    assert problem(place.store("4-west"), subject) is None
    assert recover(place.store("4-west")) == 1
    assert problem(place.store("4-west"), subject) is not None


def test_joining_again_needs_a_named_person(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))

    with pytest.raises(NotAllowed, match="say who confirms it"):
        join_again(place.store("4-west"), place.ways["4-west"], by=" ")
    join_again(place.store("4-west"), place.ways["4-west"], by="Ana R.")
    assert position_of(place.store("4-west")).epoch == 2


def test_a_node_that_was_shut_out_gets_nothing_and_may_be_invited_again(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    revoke(place.store("cardiac"), "4-west", by="IT")

    assert caller(place, "4-west", "cardiac").get("/v1/hello").status_code == 401
    with pytest.raises(Rejected, match="not let in"):
        place.exchange("4-west")
    with pytest.raises(NotFound):
        revoke(place.store("cardiac"), "nobody")
    assert count(place.store("cardiac"), "kind = 'node.revoked'") == 1
    subject = raised(place.store("4-west"), "Written while shut out")
    place.enrol("4-west", "cardiac")
    place.exchange("4-west")
    assert problem(place.store("cardiac"), subject) is not None


@on_both
def test_a_token_is_renewed_and_the_earlier_one_goes_with_its_first_use(place: Hospital) -> None:

    place.enrol("4-west", "cardiac")
    before = caller(place, "4-west", "cardiac")
    ask_to_renew(place.store("cardiac"), "4-west")
    place.exchange("4-west")
    after = caller(place, "4-west", "cardiac")

    assert before.token != after.token
    assert after.get("/v1/hello").status_code == 200
    assert before.get("/v1/hello").status_code == 401
    place.exchange("4-west")


def test_a_link_that_runs_renews_its_token_as_soon_as_it_is_asked(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    before = caller(place, "4-west", "cardiac")
    place.link("4-west")
    eventually(lambda: state_of(place.store("4-west")).touch is Touch.IN_TOUCH)
    ask_to_renew(place.store("cardiac"), "4-west")

    eventually(lambda: token_of(place.store("4-west")) != before.token)
    subject = raised(place.store("cardiac"))
    recorded(place.store("cardiac"), subject, Assigned(to="4-west", need="look"))
    eventually(lambda: problem(place.store("4-west"), subject))
    eventually(lambda: before.get("/v1/hello").status_code == 401)


def test_what_comes_back_as_ours_without_our_key_waits_for_a_person(place: Hospital) -> None:
    place.joined(("4-west", "cardiac"))
    subject = raised(place.store("4-west"))
    place.exchange("4-west")
    unit = place.stores.pop("4-west")
    unit.close()
    # The unit begins anew without its keys, and reads the feed although nobody joined for it.
    database = place.folder / "4-west" / "huddle.db"

    with sqlite3.connect(database) as connection:
        connection.execute("DELETE FROM entry")
        connection.execute("DELETE FROM problem")
        connection.execute("DELETE FROM setting WHERE key = 'link-recovering'")
    connection.close()
    for key in (place.folder / "4-west" / "secrets").glob("device-*.key"):
        key.unlink()

    unit = place.stores["4-west"] = opened(place.folder / "4-west", "4-west")

    with unit.writing() as writing:
        links.begin_device(writing.transaction, unit.place)

    rows = place.store("cardiac").look().rows("SELECT head, text, seal FROM entry WHERE node = '4-west'")
    page = Page("cardiac", 9, 0, "0" * 64, [Entry(row["head"], row["text"], row["seal"]) for row in rows])
    take(unit, page, lambda transaction: authority.from_above(transaction, unit.secrets, recovering=False))

    assert [row["status"] for row in unit.look().rows("SELECT status FROM parked")] == ["recover"]
    assert problem(unit, subject) is None
    assert recover(unit) == 1
    assert problem(unit, subject) is not None
