"""Each key stands in the line that is told."""

import tomllib
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from wsq_huddle.config.lines import lines

TEXT = '''\
# a remark with [brackets] and key = "value"
top = 1

[node]   # remark
key = "a # b"
"na.me" = 'c'
long = """
[not]
a = 1
"""
raw = \'\'\'
x = [1]\'\'\'
list = [
  1, # one
  "two ]",
  [3,
   4],
]
inline = { a = 1, b.c = "}" }
store.folder = "x"
[[huddle]]
at = 07:15:00
[huddle.more]
x = 1
[[huddle]]

at = 1979-05-27 07:32:00
[huddle.more]
x = 2
[[huddle.row]]
y = 1
[[huddle.row]]
y = 1
 [ a . "b c" ]
z = 1.5e3
last = true'''


def test_every_key_of_a_file_has_its_line() -> None:
    found = lines(TEXT)

    assert {path: found[path] for path in found if path[0] in {"top", "a"}} == {
        ("top",): 2,
        ("a", "b c"): 34,
        ("a", "b c", "z"): 35,
        ("a", "b c", "last"): 36,
    }
    assert [found["node", key] for key in ("key", "na.me", "long", "raw", "list", "inline")] == [5, 6, 7, 11, 13, 19]
    assert [found["node", "list", number] for number in range(3)] == [14, 15, 16]
    assert found["node", "list", 2, 1] == 17
    assert [found["node", "inline", "a"], found["node", "inline", "b", "c"]] == [19, 19]
    assert [found["node", "store"], found["node", "store", "folder"]] == [20, 20]
    assert [found["huddle", 0], found["huddle", 0, "at"], found["huddle", 0, "more", "x"]] == [21, 22, 24]
    assert [found["huddle", 1], found["huddle", 1, "at"], found["huddle", 1, "more", "x"]] == [25, 27, 29]
    assert [found["huddle", 1, "row", 0, "y"], found["huddle", 1, "row", 1, "y"]] == [31, 33]


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a document as tomllib sees it, except tables that no line names."""
    rows = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in rows:
        if not isinstance(inner, dict) or not inner:
            yield (*path, key)
        yield from places(inner, (*path, key))


def test_the_scanner_sees_what_tomllib_sees() -> None:
    assert set(places(tomllib.loads(TEXT))) <= set(lines(TEXT))


KEYS = st.sampled_from(["a", "b.c", '"d e"', "'#'", '"\\u0041\\""', "1-x"])
VALUES = st.recursive(
    st.sampled_from(
        ['"#"', '"\\"]"', "'}'", '"""\n"a"\n"""', "'''\n['''", "1", "1.5", "true", "07:15:00", "1979-05-27"]
    ),
    lambda inner: st.one_of(
        st.lists(inner).map(lambda told: "[ " + ", # x\n".join(told) + "\n]"),
        st.dictionaries(st.sampled_from(["x", "'y z'"]), inner).map(
            lambda told: "{" + ", ".join(f"{key} = {value}" for key, value in told.items()) + "}"
        ),
    ),
    max_leaves=8,
)
TABLES = st.sampled_from(["[t]", "[[r]]", "[r.s]", "[[r.t]]", "# x = 1", ""])
ROWS = st.lists(st.one_of(TABLES, st.tuples(KEYS, VALUES).map(" = ".join)), max_size=12).map("\n".join)


@given(ROWS)
def test_whatever_tomllib_accepts_has_lines(text: str) -> None:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return

    found = lines(text)

    assert set(places(document)) <= set(found)
    rows = text.split("\n")
    for path, line in found.items():
        if isinstance(path[-1], str) and path[-1] in {"a", "c", "x"}:
            assert path[-1] in rows[line - 1]
