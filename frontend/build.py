"""Turn the npm style packages into the bundle the templates link to.

    python frontend/build.py

Reads frontend/node_modules (after `npm ci`) and writes var/assets/vendor/:
tokens.css (only the design tokens in use), nlds.css (package styles in one cascade layer),
fonts/ and icons/. Standard library only, so that it runs before anything else is installed.

It refuses to build when our theme overrides, or our styles use, a token that the design system
does not have (any more): such a line would silently do nothing.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens"
FONT = "@fontsource-variable/source-sans-3"
FONT_FILES = ("latin-wght-normal", "latin-ext-wght-normal", "latin-wght-italic")
SYSTEM_TOKEN = r"--(?:voorbeeld|basis|nl|utrecht)-[\w-]+"


class BuildError(Exception):
    """The bundle cannot be made; the message says what to do about it."""


def package_css(modules: Path, name: str) -> str:
    """The stylesheet of one package, headed by its name, version and licence."""
    folder = modules / name
    if not folder.is_dir():
        raise BuildError(f"{name} is not installed: run npm ci in frontend/")
    short = name.split("/")[1].removesuffix("-css")
    for path in (folder / "dist/index.min.css", folder / f"dist/{short}.css"):
        if path.exists():
            css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", path.read_text("utf-8"))
            about = json.loads((folder / "package.json").read_text("utf-8"))
            return f"/*! {name} {about['version']} {about['license']} */\n{css.strip()}\n"
    raise BuildError(f"{name} has no stylesheet in dist/")


def extract_icons(css: str) -> tuple[str, dict[str, str]]:
    """Move `data:` pictures into files, because the CSP allows images from 'self' only.

    Returns the stylesheet pointing at icons/<name> and the files as {name: svg}.
    """
    icons: dict[str, str] = {}

    def replace(match: re.Match[str]) -> str:
        body = unquote(match.group(1))
        name = icons.setdefault(body, f"icon-{len(icons) + 1}.svg")
        return f'url("icons/{name}")'

    css = re.sub(r'url\("data:image/svg\+xml;charset=utf-8,(.*?)"\)', replace, css)
    if "data:" in css:
        raise BuildError("a package holds a data: address that the CSP would refuse")
    return css, {name: body for body, name in icons.items()}


def parse_tokens(css: str) -> dict[str, str]:
    """All tokens of a theme file as {name: value}."""
    return dict(re.findall(r"^\s*(--[\w-]+):\s*(.*?);", css, re.M))


def used_tokens(css: str, tokens: dict[str, str]) -> set[str]:
    """The tokens a stylesheet needs, directly or through another token."""
    needed: set[str] = set()
    waiting = re.findall(r"var\(\s*(--[\w-]+)", css)
    while waiting:
        name = waiting.pop()
        if name in tokens and name not in needed:
            needed.add(name)
            waiting += re.findall(r"var\(\s*(--[\w-]+)", tokens[name])
    return needed


def check_own_css(own: str, tokens: dict[str, str]) -> None:
    """Raise BuildError when our own styles set or use a token that does not exist."""
    own = re.sub(r"/\*.*?\*/", "", own, flags=re.S)
    overridden = set(re.findall(rf"({SYSTEM_TOKEN})\s*:", own)) - set(tokens)
    if overridden:
        raise BuildError(f"overridden tokens that do not exist: {sorted(overridden)}")
    used = set(re.findall(rf"var\(\s*({SYSTEM_TOKEN})", own)) - set(tokens)
    if used:
        raise BuildError(f"used tokens that do not exist: {sorted(used)}")


def build(root: Path = ROOT, out: Path | None = None) -> dict[str, int]:
    """Write the bundle and return {file name: bytes}. Raises BuildError."""
    modules = root / "frontend/node_modules"
    out = out or root / "var/assets/vendor"
    packages = json.loads((root / "frontend/package.json").read_text("utf-8"))["dependencies"]
    nlds = "".join(package_css(modules, name) for name in packages if name.endswith("-css"))
    nlds, icons = extract_icons(nlds)

    tokens = parse_tokens((modules / TOKENS / "dist/theme.css").read_text("utf-8"))
    own = "".join(path.read_text("utf-8") for path in sorted((root / "static").rglob("*.css")))
    check_own_css(own, tokens)
    needed = used_tokens(nlds + own, tokens)
    lines = "".join(f"{name}:{value};\n" for name, value in tokens.items() if name in needed)

    if out.exists():
        shutil.rmtree(out)
    (out / "fonts").mkdir(parents=True)
    (out / "icons").mkdir()
    # One layer: without it the packages' long selectors win from our narrow-screen rules.
    (out / "nlds.css").write_text(f"@layer nlds{{\n{nlds}}}\n", "utf-8")
    (out / "tokens.css").write_text(f"/*! {TOKENS} EUPL-1.2 */\n:root{{\n{lines}}}\n", "utf-8")
    for name, body in icons.items():
        (out / "icons" / name).write_text(body, "utf-8")
    for name in FONT_FILES:
        shutil.copy(modules / FONT / f"files/source-sans-3-{name}.woff2", out / "fonts")
    shutil.copy(modules / FONT / "LICENSE", out / "fonts/OFL.txt")
    return {
        path.relative_to(out).as_posix(): path.stat().st_size
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


if __name__ == "__main__":
    try:
        for file, size in build().items():
            print(f"{size:>8}  {file}")
    except (BuildError, FileNotFoundError) as error:
        sys.exit(f"frontend: {error}")
