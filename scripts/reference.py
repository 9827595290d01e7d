"""Write the reference pages of the documentation from the code: docs/commands.md, docs/api.md and the table of docs/settings.md.

Run it after a change of a command, a public name or a setting. Without --write it names the pages that are stale and exits 1.
"""

from __future__ import annotations

import argparse
import functools
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import griffe

import geoconflict
from geoconflict.cli import main as program
from geoconflict.settings import settings_table

ROOT = Path(__file__).resolve().parent.parent

SECTIONS = {
    "Running": ("pipeline", "tools", "settings", "reports"),
    "Records": ("models", "errors"),
    "Stores, frames and files": ("store", "frames", "interchange"),
    "Maps and plots": ("render",),
    "Places": ("places",),
    "Explanations and merging": ("explaining", "events"),
}
"""Heading of docs/api.md -> the rooms whose public names stand under it; other rooms go under `Also public`."""


# ---------------------------------------------------------------- commands
def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    """Give a command and all below it, each with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in command.list_commands(context):
            if found := command.get_command(context, name):
                yield from commands(found, f"{path} {name}")


def _paragraphs(text: str) -> str:
    """Write help as Markdown: what click leaves unwrapped becomes a block, the rest prose."""
    made = []
    for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(text).replace("\f", "")):
        if paragraph.startswith("\b"):
            body = paragraph.removeprefix("\b").strip("\n")
            title, _, rest = body.partition("\n")
            if title.endswith(":") and not title.startswith(" "):
                made.append(title)
                body = rest
            made.append(f"```text\n{inspect.cleandoc(body)}\n```")
        else:
            made.append(_plain(" ".join(paragraph.split())))
    return "\n\n".join(made)


def _plain(text: str) -> str:
    """Keep text from being read as Markdown or HTML, but for code in backticks."""
    parts = re.split(r"(``?[^`]+``?)", text)
    parts[::2] = [re.sub(r"([*_<>\[\]])", r"\\\1", part) for part in parts[::2]]
    parts[1::2] = [f"`{part.strip('`')}`" for part in parts[1::2]]
    return "".join(parts)


def _command_section(path: str, command: click.Command) -> str:
    context = click.Context(command, info_name=path, **command.context_settings)
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    depth = "##" if path.count(" ") <= 1 else "###"
    lines = [f"{depth} {path}", "", _paragraphs(command.help or command.short_help or ""), "", f"```text\n{usage}\n```"]
    rows = [
        record
        for parameter in command.get_params(context)
        if (record := parameter.get_help_record(context)) and "--help" not in record[0]
    ]
    if rows:
        lines += ["", "| option | what it does |", "|---|---|"]
        for names, help_ in rows:
            shown = names.replace("|", "\\|")
            lines.append(f"| `{shown}` | {_plain(' '.join(help_.split())).replace('|', chr(92) + '|')} |")
    if command.epilog:
        lines += ["", _plain(" ".join(command.epilog.split()))]
    return "\n".join(lines)


def commands_page() -> str:
    """Write docs/commands.md."""
    head = (
        "# Commands\n\n"
        "What `geoconflict COMMAND --help` says, written from the program by `make reference`. `-h` and `--help` work\n"
        "everywhere and are not listed. What the settings mean that commands read: [settings.md](settings.md)."
    )
    return "\n\n".join([head, *(_command_section(*one) for one in commands(program, "geoconflict"))]) + "\n"


# ---------------------------------------------------------------- public names
@functools.cache
def _package() -> griffe.Object | griffe.Alias:
    """Read the package as the documentation tool does, so that the strings below constants are found."""
    return griffe.load("geoconflict", search_paths=[ROOT], resolve_aliases=True)


def _summary(name: str) -> str:
    """Give the first paragraph of what the code says of a public name."""
    found = _package()[name]
    if found.docstring is None:
        msg = f"{name} has no docstring"
        raise LookupError(msg)
    first = " ".join(found.docstring.value.split("\n\n")[0].split())
    first = re.sub(r":[a-z:]+:`~?(?:geoconflict\.)?([\w.]+)`", r"`\1`", first)
    return re.sub(r"``([^`]+)``", r"`\1`", first).replace("|", "\\|")


def _section_of(name: str) -> str:
    room = geoconflict._HOMES[name].split(".")[0]  # noqa: SLF001
    return next((heading for heading, rooms in SECTIONS.items() if room in rooms), "Also public")


def api_page() -> str:
    """Write docs/api.md; the built site adds signatures and docstrings below each table (scripts/site_hooks.py)."""
    lines = [
        "# Python",
        "",
        "All that `import geoconflict as gc` offers. These names keep their meaning from one minor version to the next",
        "([migration.md](migration.md)); whatever is imported from deeper inside may change at any time. Coordinates are",
        "EPSG:4326, longitude first; a day is a date, a time or ISO text. Written from the code by `make reference`; the built site shows signatures, parameters and",
        "errors too, and so does `help(geoconflict.EventStore)`.",
        "",
        "`geoconflict.__version__` is the version, as a string.",
    ]
    names = [name for name in geoconflict.__all__ if name != "__version__"]
    for heading in [*SECTIONS, "Also public"]:
        here = [name for name in names if _section_of(name) == heading]
        if here:
            lines += ["", f"## {heading}", "", "| name | what it is |", "|---|---|"]
            lines += [f"| `{name}` | {_summary(name)} |" for name in here]
    return "\n".join(lines) + "\n"


# ---------------------------------------------------------------- settings
def settings_page() -> str:
    """Give docs/settings.md with its table as the code has it."""
    rows = ["| setting | default | unit | what it is |", "|---|---|---|---|"]
    rows += [f"| `{row['name']}` | `{row['default']}` | {row['unit']} | {row['help']} |" for row in settings_table()]
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    return re.sub(r"(?:^\|.*\n)+", lambda _: "\n".join(rows) + "\n", page, count=1, flags=re.MULTILINE)


PAGES = {"commands.md": commands_page, "api.md": api_page, "settings.md": settings_page}


def main() -> None:
    """Write the pages, or say which are stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="renew the pages")
    write = parser.parse_args().write
    stale = []
    for name, make in PAGES.items():
        path = ROOT / "docs" / name
        made = make()
        if not path.exists() or path.read_text(encoding="utf-8") != made:
            stale.append(f"docs/{name}")
            if write:
                path.write_text(made, encoding="utf-8")
    if stale and not write:
        sys.exit(f"stale: {', '.join(stale)}; `make reference` renews them")
    for name in stale:
        print(f"{name} written")


if __name__ == "__main__":
    main()
