"""The colours of the theme, by day and in the evening: measured, pair by pair.

The pages themselves are measured in a browser (tests/house/test_pages.py); here is what a browser
does not come by: what is under a pointer, borders, marks, and the two pages that stand alone.
"""

from __future__ import annotations

import importlib.util
import re
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("frontend_build", ROOT / "frontend/build.py")
assert spec and spec.loader
build = importlib.util.module_from_spec(spec)
spec.loader.exec_module(build)

EVENING = "@media screen and (prefers-color-scheme: dark)"
SCHEMES = ("light", "dark")
TEXT, MARK = 7, 3

PAGES = ("rdm-paper", "rdm-surface", "rdm-tint")
STATES = ("positive", "negative", "warning", "info")
POINTED_AT = ("default", "hover", "active")
# Text, and what it stands on: every one of these on every one of those.
TEXTS = [
    (("rdm-ink", "rdm-muted", "rdm-action"), PAGES),
    ([f"basis-color-action-{n}-color-{state}" for n in (1, 2) for state in POINTED_AT], PAGES),
    ([f"basis-color-{one}-color-default" for one in STATES], ("rdm-paper",)),
    *(
        (
            [f"basis-color-{one}-color-default", f"basis-color-{one}-color-document"],
            [f"basis-color-{one}-bg-default"],
        )
        for one in STATES
    ),
    (
        ("rdm-ink", "rdm-muted"),
        [f"basis-color-{one}-bg-default" for one in (*STATES, "default")],
    ),
    (("rdm-ink",), ("basis-color-default-bg-hover", "voorbeeld-kleuren-blauw-100", "rdm-line")),
    (("basis-color-default-color-default",), ("basis-color-default-bg-default",)),
    (("rdm-action", "rdm-on-tint"), ("rdm-tint-strong",)),
    (
        ("rdm-on-fill", "basis-color-action-1-inverse-color-default"),
        (
            "rdm-action",
            *(
                f"basis-color-{one}-inverse-bg-{state}"
                for one in ("positive", "negative", "default", "action-1")
                for state in POINTED_AT
            ),
        ),
    ),
    *(
        ((f"basis-color-action-1-color-{state}",), (f"basis-color-action-1-bg-{state}",))
        for state in ("hover", "active")
    ),
    (("rdm-on-brand",), ("rdm-brand", "rdm-brand-dark")),
    (("basis-focus-color",), ("basis-focus-background-color",)),
]
# What is no text and must be seen: a border of a field, a mark, a ring around what has the focus.
MARKS = [
    (("rdm-line-strong", "rdm-action", "basis-focus-outline-color"), PAGES),
    *(
        ([f"basis-color-{one}-border-default"], ["rdm-paper", f"basis-color-{one}-bg-default"])
        for one in STATES
    ),
    (("rdm-action", "rdm-second"), ("basis-color-default-bg-default",)),
    (("rdm-action",), ("voorbeeld-kleuren-blauw-100",)),
]


def declared(css: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", css))


@pytest.fixture(scope="module")
def palettes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Every token by name, per scheme."""
    if not (ROOT / "frontend" / "node_modules").is_dir():
        pytest.skip("npm ci has not been run")
    out = tmp_path_factory.mktemp("assets") / "vendor"
    build.build(ROOT, out)
    day, _, evening = (ROOT / "static" / "theme.css").read_text("utf-8").partition(EVENING)
    light = declared((out / "tokens.css").read_text("utf-8")) | declared(day)
    return {"light": light, "dark": light | declared(evening)}


def colour_of(name: str, palette: dict[str, str]) -> str:
    value = palette[f"--{name}"]
    while found := re.fullmatch(r"var\((--[\w-]+)\)", value):
        value = palette[found[1]]
    return value


def contrast(one: str, other: str) -> float:
    """As WCAG counts it, of two colours as #rgb or #rrggbb."""
    high, low = sorted((_light_of(one), _light_of(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _light_of(colour: str) -> float:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return sum(share * one for share, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_pair_stands_out(palettes: dict[str, dict[str, str]], scheme: str) -> None:
    palette = palettes[scheme]
    short = [
        f"{front} on {behind}: {found:.2f}"
        for groups, least in ((TEXTS, TEXT), (MARKS, MARK))
        for fronts, behinds in groups
        for front, behind in product(fronts, behinds)
        if (found := contrast(colour_of(front, palette), colour_of(behind, palette))) < least
    ]
    assert not short, "\n".join(short)


def test_no_colour_of_the_day_is_left_in_the_evening(palettes: dict[str, dict[str, str]]) -> None:
    """Of the palette, as far as it is used; a name that points at another goes along with it."""
    kept = {
        name
        for name, value in palettes["light"].items()
        if name.startswith("--voorbeeld-kleuren-")
        and value.startswith("#")
        and palettes["dark"][name] == value
    }
    assert not kept


def test_our_styles_name_no_colour_outside_the_theme() -> None:
    for path in (ROOT / "static" / "css").glob("*.css"):
        css = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", css), path.name


def test_the_evening_is_for_screens_only() -> None:
    """What is printed stays dark on light."""
    for path in (ROOT / "static").rglob("*.css"):
        css = path.read_text("utf-8")
        for found in re.findall(r"@media[^{]*prefers-color-scheme[^{]*", css):
            assert found.strip() == EVENING, path.name


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_pages_that_stand_alone_stand_out_too(scheme: str) -> None:
    day, _, evening = (ROOT / "static" / "error.css").read_text("utf-8").partition(EVENING)
    rules = dict(re.findall(r"^\s*([a-z][\w:-]*) \{([^}]*)\}", day, re.M))
    if scheme == "dark":
        for name, body in re.findall(r"^\s*([a-z][\w:-]*) \{([^}]*)\}", evening, re.M):
            rules[name] = f"{rules[name]}; {body}"

    def last(rule: str, what: str) -> str:
        found = re.findall(rf"(?:^|[;\s]){what}:[^;]*?(#[0-9a-f]{{3,6}})", rules[rule])
        return str(found[-1])

    for behind in ("body", "section"):
        for front in ("body", "a"):
            assert contrast(last(front, "color"), last(behind, "background")) >= TEXT
    assert contrast(last("header", "color"), last("header", "background")) >= TEXT
    ring = last("a:focus-visible", "outline(?:-color)?")
    assert contrast(ring, last("body", "background")) >= MARK
