"""Colors can be read and told apart: contrast after WCAG 2, and distances as people with each kind of color vision see
them. Computed from the tokens of the one style sheet that reports and app share.
"""

import itertools
import math
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHEET = ROOT / "experiments" / "templates" / "style.css"
THEMES = ("light", "dark")
TEXT, MARK = 4.5, 3.0  # least contrast: of text of any size, and of a mark without which something is not understood

_COLOR = r"(?:rgba\([^)]*\)|#[0-9A-Fa-f]{6})"
TOKENS = {
    name: dict(zip(THEMES, values, strict=True))
    for name, *values in re.findall(rf"--(\w+): light-dark\(({_COLOR}), ({_COLOR})\);", SHEET.read_text("utf-8"))
}
GROUNDS = ("ground", "card")
WRITTEN = ("text", "muted", "model", "claim", "good", "bad")  # colors in which words are set, on either ground
MARKS = ("model", "against", "observed", "gain", "loss", "out", "claim", "focus")  # lines, dots, bars and rings
TRANSLUCENT = ("band", "covid", "strike")  # laid over a ground, with words of these colors on them
OVER_THEM = ("text", "muted")
FILLED = ("more", "less")  # areas with words on them, and a word or a line beside each
# Least distance in CIE Lab of colors that mean different things; one of 2.3 can just be seen.
APART, WITH_SHAPE = 15, 9  # told by color alone; told by the shape or pattern of a mark, too
TOLD_APART = {
    "marks on the board, each with a shape of its own": (("model", "muted", "out", "claim"), WITH_SHAPE),
    "gains, losses, those who are out, and the world looked at": (("model", "gain", "loss", "out"), APART),
    "the two worlds": (("model", "against"), APART),
    "what holds and what fails": (("good", "bad"), APART),
    "areas that hold and that fail": (("more", "less"), APART),
    "times of the pandemic and of strikes": (("covid", "strike"), APART),
}
# Machado, Oliveira and Fernandes (2009), full severity, on linear light.
VISION = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
_WHITE = (0.95047, 1.0, 1.08883)  # D65
_BEND, _SLOPE = 216 / 24389, 24389 / 27


def parts(color):
    """Red, green, blue and opacity from 0 to 1 of a color as the sheet writes it."""
    if color.startswith("#"):
        return (*(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)), 1.0)
    *light, opacity = map(float, color.removeprefix("rgba(").removesuffix(")").split(","))
    return (*(each / 255 for each in light), opacity)


def linear(light):
    """Light that adds up, of sRGB."""
    return [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in light]


def times(matrix, vector):
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def contrast(one, other):
    """Contrast ratio after WCAG 2, 1 to 21, of two opaque colors (red, green, blue)."""
    low, high = sorted(times(_XYZ, linear(each))[1] for each in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(light, vision="normal"):
    """CIE Lab as somebody with this vision sees a color."""
    seen = [min(1.0, max(0.0, each)) for each in times(VISION[vision], linear(light))]
    x, y, z = (each / white for each, white in zip(times(_XYZ, seen), _WHITE, strict=True))
    x, y, z = (each ** (1 / 3) if each > _BEND else (_SLOPE * each + 16) / 116 for each in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def shown(name, theme, ground="ground"):
    """A token as it is seen over a ground, red, green, blue."""
    *light, opacity = parts(TOKENS[name][theme])
    under = parts(TOKENS[ground][theme])
    return [opacity * a + (1 - opacity) * b for a, b in zip(light, under[:3], strict=True)]


def pairs(colors, grounds, least):
    return [(theme, color, ground, least) for theme in THEMES for color in colors for ground in grounds]


@pytest.mark.parametrize(
    ("theme", "color", "ground", "least"), [*pairs(WRITTEN, GROUNDS, TEXT), *pairs(MARKS, GROUNDS, MARK)]
)
def test_words_and_marks_stand_out_from_what_they_are_on(theme, color, ground, least):
    found = contrast(shown(color, theme), shown(ground, theme))
    assert found >= least, f"{color} on {ground} ({theme}) has a contrast of {found:.2f}, not {least}"


@pytest.mark.parametrize(("theme", "color", "area", "least"), pairs(OVER_THEM, TRANSLUCENT, TEXT))
def test_words_can_be_read_where_a_band_or_a_shaded_time_lies_under_them(theme, color, area, least):
    for ground in GROUNDS:
        found = contrast(shown(color, theme), shown(area, theme, ground))
        assert found >= least, f"{color} on {area} over {ground} ({theme}) has a contrast of {found:.2f}, not {least}"


@pytest.mark.parametrize(("theme", "color", "area", "least"), pairs(("text",), FILLED, TEXT))
def test_words_can_be_read_on_a_filled_area(theme, color, area, least):
    found = contrast(shown(color, theme), shown(area, theme))
    assert found >= least, f"{color} on {area} ({theme}) has a contrast of {found:.2f}, not {least}"


def test_words_on_a_filled_button_and_on_a_flag_can_be_read():
    for theme in THEMES:
        assert contrast(shown("ground", theme), shown("model", theme)) >= TEXT
        assert contrast(shown("card", theme), shown("muted", theme)) >= TEXT


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("what", TOLD_APART)
def test_colors_that_mean_different_things_are_told_apart(what, theme, vision):
    names, least = TOLD_APART[what]
    found, one, other = min(
        (math.dist(lab(parts(TOKENS[a][theme])[:3], vision), lab(parts(TOKENS[b][theme])[:3], vision)), a, b)
        for a, b in itertools.combinations(names, 2)
    )
    assert found >= least, f"{one} and {other} ({theme}, {vision}) are {found:.1f} apart in CIE Lab, not {least}"


def test_every_token_of_the_sheet_is_looked_at():
    apart = {"grid", "line"}  # rules and frames that carry no meaning of their own
    seen = {*GROUNDS, *WRITTEN, *MARKS, *TRANSLUCENT, *FILLED, *apart}
    assert set(TOKENS) == seen, f"say in this test what {', '.join(sorted(set(TOKENS) ^ seen))} is for"


def test_no_other_file_of_reports_and_app_has_colors_of_its_own():
    nothing_or_shade = r"(?!0, ?0, ?0, ?\.?\d)"
    hexadecimal = r"(?<!&)#[0-9A-Fa-f]{3}(?:[0-9A-Fa-f]{3})?(?=[;,\s\"')])"
    color = re.compile(rf"{hexadecimal}|\brgba?\({nothing_or_shade}\d|\bhsla?\(\d")
    files = [path for folder in ("viz", "experiments") for path in sorted((ROOT / folder).rglob("*"))
             if path.suffix in (".css", ".js", ".j2", ".py") and path != SHEET]
    wrong = [f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}" for path in files
             for number, line in enumerate(path.read_text("utf-8").splitlines(), 1) if color.search(line)]
    assert not wrong, "\n".join(wrong)


def test_the_formulas_give_the_values_that_are_known():
    black, white, gray = (0, 0, 0), (1, 1, 1), (119 / 255,) * 3
    assert contrast(black, white) == pytest.approx(21.0, abs=0.001)
    assert contrast(gray, white) == pytest.approx(4.48, abs=0.01)  # #777777, the usual example
    assert lab(white) == pytest.approx((100, 0, 0), abs=0.01)
    assert lab((1, 0, 0)) == pytest.approx((53.24, 80.09, 67.20), abs=0.02)
    for vision in VISION:  # gray stays gray
        assert lab(gray, vision) == pytest.approx(lab(gray), abs=0.05)
    red, green = (0.8, 0.3, 0.2), (0.4, 0.5, 0.2)
    assert math.dist(lab(red, "deutan"), lab(green, "deutan")) < 0.5 * math.dist(lab(red), lab(green))
