"""The bundle of style packages, and our own styles and script."""

import importlib.util
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("frontend_build", ROOT / "frontend/build.py")
build = importlib.util.module_from_spec(spec)
spec.loader.exec_module(build)

LOCK = json.loads((ROOT / "frontend/package-lock.json").read_text("utf-8"))
PACKAGE = json.loads((ROOT / "frontend/package.json").read_text("utf-8"))
installed = pytest.mark.skipif(
    not (ROOT / "frontend/node_modules").is_dir(), reason="npm ci has not been run"
)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("assets") / "vendor"
    build.build(ROOT, out)
    return out


@installed
def test_bundle_obeys_the_csp(bundle):
    for path in bundle.rglob("*.css"):
        css = path.read_text("utf-8")
        assert "data:" not in css, path.name
        assert "http" not in re.sub(r"/\*.*?\*/", "", css, flags=re.S), path.name
        for target in re.findall(r"url\(\"?([^)\"]+)", css):
            assert (path.parent / target).is_file(), target
    assert (bundle / "nlds.css").read_text("utf-8").startswith("@layer nlds{")
    assert list((bundle / "icons").glob("*.svg"))


@installed
def test_every_file_the_pages_ask_for_exists(bundle):
    for path in (ROOT / "static").rglob("*.css"):
        for target in re.findall(r"url\(\"([^)\"]+)", path.read_text("utf-8")):
            found = path.parent / target
            if target.startswith("vendor/"):
                found = bundle.parent / target
            assert found.is_file(), f"{path.name}: {target}"


@installed
def test_only_the_tokens_in_use(bundle):
    tokens = build.parse_tokens((bundle / "tokens.css").read_text("utf-8"))
    assert 300 < len(tokens) < 1500


def test_own_styles_hold_no_data_or_import():
    for path in (ROOT / "static").rglob("*.css"):
        css = path.read_text("utf-8")
        assert "data:" not in css and "@import" not in css, path.name


def test_unknown_token_stops_the_build():
    build.check_own_css(
        "a{--rdm-x:var(--basis-known)} :root{--basis-known:1}", {"--basis-known": ""}
    )
    with pytest.raises(build.BuildError, match="overridden"):
        build.check_own_css(":root{--nl-gone: 1px}", {})
    with pytest.raises(build.BuildError, match="used"):
        build.check_own_css("a{color:var(--basis-gone)}", {})


def test_icon_becomes_a_file():
    css, icons = build.extract_icons('a{b:url("data:image/svg+xml;charset=utf-8,%3Csvg/%3E")}')
    assert css == 'a{b:url("icons/icon-1.svg")}' and icons == {"icon-1.svg": "<svg/>"}
    with pytest.raises(build.BuildError):
        build.extract_icons("a{b:url(data:image/png;base64,AAAA)}")


def test_missing_package_says_what_to_do(tmp_path):
    with pytest.raises(build.BuildError, match="npm ci"):
        build.package_css(tmp_path, "@x/button-css")


def test_versions_are_exact_and_the_lock_names_no_address():
    versions = PACKAGE["dependencies"] | PACKAGE["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions.values())
    for name, version in versions.items():
        locked = LOCK["packages"][f"node_modules/{name}"]
        assert locked["version"] == version and locked["integrity"].startswith("sha512-")
    assert all("resolved" not in package for package in LOCK["packages"].values())


def test_forced_colours_give_the_browsers_boxes_back():
    css = (ROOT / "static/css/media.css").read_text("utf-8")
    forced = css[css.index("forced-colors: active") :]
    rule = forced[: forced.index("}")]
    assert ".utrecht-checkbox--custom" in rule and "appearance: auto" in rule


def test_phone_rules_leave_paper_alone():
    css = "".join(p.read_text("utf-8") for p in (ROOT / "static").rglob("*.css"))
    for query in re.findall(r"@media ([^{]*max-width[^{]*)", css):
        assert query.startswith("screen and"), query


def test_script_evaluates_nothing():
    script = (ROOT / "static/app.js").read_text("utf-8")
    assert not re.search(r"\beval\(|new Function|innerHTML|\.style\b", script)
