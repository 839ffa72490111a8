"""Numbers that are read from across the room, of the blocks that every console has."""

ROWS = 5
"""Lines of a number."""

_SHAPES = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": ("  #", "  #", "  #", "  #", "  #"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    "+": ("   ", " # ", "###", " # ", "   "),
    "-": ("   ", "   ", "###", "   ", "   "),
    "/": ("  #", "  #", " # ", "#  ", "#  "),
    " ": ("  ", "  ", "  ", "  ", "  "),
}


def big(words: str, *, plain: bool, size: int = 1) -> tuple[str, ...]:
    """Write digits and `: + - /` as `ROWS * size` lines, `2 * size` cells a dot; what has no shape is left out."""
    block = "#" if plain else "█"
    shapes = [_SHAPES[letter] for letter in words if letter in _SHAPES]
    dots = {"#": block * 2 * size, " ": " " * 2 * size}
    lines = [dots[" "].join("".join(dots[dot] for dot in shape[line]) for shape in shapes) for line in range(ROWS)]
    return tuple(line for line in lines for _ in range(size))
