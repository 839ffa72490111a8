"""Our own colours: dark, light, contrast and, for 16 colours, the terminal's own.

No theme that Textual brings reaches 7:1, and its default row cursor has 3.8:1; a test computes ours. Red, amber and
blue can be told apart by colour-blind people, and stand under black text.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rich.style import Style
from textual.app import App
from textual.filter import Monochrome, NoColor
from textual.theme import Theme

from screens.marks import Tone

RED, AMBER, BLUE = "#FF6B5E", "#FFD24D", "#4CC9F0"
BLACK = "#000000"


@dataclass(frozen=True, slots=True)
class Colours:
    """The few colours that a theme consists of; the three of the marks are the same in all."""

    name: str
    dark: bool
    background: str
    text: str
    muted: str
    heading: str
    field: str
    focus: str
    chosen: str
    chosen_text: str

    def palette(self) -> dict[Tone, Style]:
        """Give the style of each tone for what is drawn line by line."""
        ground = self.background
        return {
            Tone.TEXT: Style(color=self.text, bgcolor=ground),
            Tone.STRONG: Style(color=self.text, bgcolor=ground, bold=True),
            Tone.MUTED: Style(color=self.muted, bgcolor=ground),
            Tone.HEADING: Style(color=self.heading, bgcolor=ground, bold=True),
            Tone.KEY: Style(color=self.heading, bgcolor=ground, bold=True),
            Tone.CHOSEN: Style(color=self.chosen_text, bgcolor=self.chosen),
            Tone.MET: Style(color=BLACK, bgcolor=BLUE),
            Tone.ATTENTION: Style(color=BLACK, bgcolor=AMBER),
            Tone.NOT_MET: Style(color=BLACK, bgcolor=RED),
        }

    def theme(self) -> Theme:
        """Give Textual the same colours, for fields and the command palette."""
        return Theme(
            name=self.name,
            dark=self.dark,
            primary=self.focus,
            secondary=self.focus,
            accent=self.heading,
            warning=AMBER,
            error=RED,
            success=BLUE,
            foreground=self.text,
            background=self.background,
            surface=self.field,
            panel=self.field,
            variables={
                "text": self.text,
                "text-muted": self.muted,
                "text-disabled": self.muted,
                "foreground-muted": self.muted,
                "foreground-disabled": self.muted,
                "text-primary": self.heading,
                "text-accent": self.heading,
                "border": self.focus,
                "border-blurred": self.muted,
                "block-cursor-background": self.chosen,
                "block-cursor-foreground": self.chosen_text,
                "block-cursor-text-style": "none",
                "block-cursor-blurred-background": self.chosen,
                "block-cursor-blurred-foreground": self.chosen_text,
                "block-hover-background": self.field,
                "input-cursor-background": self.text,
                "input-cursor-foreground": self.field,
                "input-cursor-text-style": "none",
                "input-selection-background": self.chosen,
                "input-selection-foreground": self.chosen_text,
            },
        )


DARK = Colours(
    name="dark", dark=True, background="#12161B", text="#E8ECF0", muted="#AAB4BE", heading="#8BD8F5",
    field="#232C36", focus=BLUE, chosen="#E8ECF0", chosen_text="#12161B",
)  # fmt: skip
LIGHT = Colours(
    name="light", dark=False, background="#FBFAF7", text="#1B1F24", muted="#555E68", heading="#0B4F6C",
    field="#E7EBEF", focus="#0B4F6C", chosen="#1B1F24", chosen_text="#FBFAF7",
)  # fmt: skip
CONTRAST = Colours(
    name="contrast", dark=True, background="#000000", text="#FFFFFF", muted="#E0E0E0", heading="#FFE08A",
    field="#1C1C1C", focus=AMBER, chosen="#FFFFFF", chosen_text="#000000",
)  # fmt: skip
OURS = (DARK, LIGHT, CONTRAST)

# With 16 colours, or none, the terminal's own are the only ones that are sure to be readable.
ANSI_PALETTE: dict[Tone, Style] = {
    Tone.TEXT: Style(),
    Tone.STRONG: Style(bold=True),
    Tone.MUTED: Style(),
    Tone.HEADING: Style(bold=True),
    Tone.KEY: Style(bold=True),
    Tone.CHOSEN: Style(reverse=True),
    Tone.MET: Style(color="black", bgcolor="cyan"),
    Tone.ATTENTION: Style(color="black", bgcolor="yellow"),
    Tone.NOT_MET: Style(color="black", bgcolor="bright_red"),
}
ANSI_THEME = Theme(
    name="ansi",
    ansi=True,
    primary="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_bright_red",
    success="ansi_cyan",
    accent="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    variables={
        "ansi-background": "ansi_default",
        "ansi-foreground": "ansi_default",
        "text-muted": "ansi_default",
        "text-disabled": "ansi_default",
        "foreground-muted": "ansi_default",
        "block-cursor-background": "ansi_default",
        "block-cursor-foreground": "ansi_default",
        "block-cursor-text-style": "reverse",
        "border": "ansi_cyan",
        "border-blurred": "ansi_default",
    },
)

THEMES = (*(colours.theme() for colours in OURS), ANSI_THEME)
PALETTES: dict[str, dict[Tone, Style]] = {
    **{colours.name: colours.palette() for colours in OURS},
    ANSI_THEME.name: ANSI_PALETTE,
}


def palette(name: str) -> Mapping[Tone, Style]:
    """Give the styles of the theme of that name; of `dark` where the name is not ours."""
    return PALETTES.get(name, PALETTES["dark"])


def begin_with(app: App[None], theme: str) -> None:
    """Give an app that does not run yet our themes, and the first of them.

    A dark one takes the place of Textual's, which is dark too: a change of themes would have all styles parsed again.
    """
    for ours in THEMES:
        app.register_theme(ours)
    if theme in {colours.name for colours in OURS if colours.dark}:
        app.set_reactive(App.theme, theme)
    else:
        app.theme = theme
    if theme == ANSI_THEME.name and app.no_color:
        # Textual chose its greys before the theme was known, and makes black on black out of the 16 colours.
        app._filters[:] = [NoColor() if isinstance(one, Monochrome) else one for one in app._filters]  # noqa: SLF001 - it has no other way
    app.stylesheet.set_variables(app.get_css_variables())
