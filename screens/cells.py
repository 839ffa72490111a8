"""Text measured in cells of the terminal: a letter takes one, an ideogram or an emoji two, an accent none."""

from rich.cells import cell_len, split_graphemes, split_text

_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_CONTROLS: dict[int, str | None] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *_BIDI, 0xFEFF, *range(0xD800, 0xE000))),
    **dict.fromkeys((0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029), " "),
}

# A letter may carry any number of accents; what is drawn of a text is bounded all the same.
_CODE_POINTS_PER_CELL = 8


def harmless(text: str) -> str:
    """Give the text without what a terminal acts on; line ends and tabs become blanks, outer blanks stay.

    `domain.text` cleans what is entered; this one is for drawing and for text that is still being typed.
    """
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", " ").translate(_CONTROLS)


def cut(text: str, width: int, *, dots: str = "…") -> str:
    """Give a text of at most `width` cells; what was cut ends with dots, a wide character is never halved."""
    if width <= 0:
        return ""
    bounded = harmless(text[: width * _CODE_POINTS_PER_CELL])
    if len(bounded) == len(text) and cell_len(bounded) <= width:
        return bounded
    if cell_len(bounded) <= width:
        # Hundreds of accents on a few letters: the letters are shown, the rest would only cost bytes.
        bounded = bounded.rstrip()
    room = width - cell_len(dots)
    if room <= 0:
        return dots[:width]
    if cell_len(bounded) <= room:
        return bounded + dots
    return split_text(bounded, room)[0].rstrip() + dots


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Fill a text with blanks to `width` cells, on its left if it stands at the right."""
    blanks = " " * (width - cell_len(text))
    return blanks + text if right else text + blanks


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` cells, at blanks where there are any; line ends stay."""
    lines: list[str] = []
    for paragraph in text.replace("\r\n", "\n").split("\n"):
        line = ""
        for word in harmless(paragraph).split():
            rest = word
            if line and cell_len(line) + 1 + cell_len(rest) <= width:
                line = f"{line} {rest}"
                continue
            if line:
                lines.append(line)
            while cell_len(rest) > width:
                head = _beginning(rest, width)
                lines.append(head)
                rest = rest[len(head) :]
            line = rest
        lines.append(line)
    return lines


def _beginning(word: str, width: int) -> str:
    """Give as much of a word as `width` cells hold, at least one character."""
    end = used = 0
    for _begin, after, cells in split_graphemes(word[: width * _CODE_POINTS_PER_CELL])[0]:
        if end and used + cells > width:
            break
        end, used = after, used + cells
    return word[:end]
