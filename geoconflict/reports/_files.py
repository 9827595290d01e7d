"""Files and folders to input files, in one order on every machine."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from geoconflict.reports._rejection import Rejection

__all__ = [
    "NO_REPORT",
    "UNTOLD",
    "Fault",
    "InputFile",
    "Member",
    "Skipped",
    "find_files",
    "is_read_me",
    "os_rejection",
    "printable",
]

_METADATA = "-metadata.json"
"""What a CSV has beside it that tells of its columns and credit, as exports have and CSV on the Web names it."""
NO_REPORT = "the folder holds no report"
UNTOLD = "it has no suffix and no known content"
"""Why a file is passed over that may be a report after all."""
_FolderId = tuple[int, int]
_DEEPEST = 100
_PIECE_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class Member:
    """What is read in place of a file: something that it holds, or standard input."""

    name: str
    """What it is called; only its suffix and a date in it count, and no file is ever opened or written under it."""
    where: str
    """What to call it in messages."""
    open: Callable[[], BinaryIO]
    """Opens it for reading bytes, from the start each time."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read."""

    path: Path
    origin: str
    """Its path below the folder that was given, with slashes; its name if the file itself was given."""
    member: Member | None = None

    @property
    def where(self) -> str:
        """The path as the user gave it, fit to print and store."""
        return self.member.where if self.member else printable(self.path)

    @property
    def suffix(self) -> str:
        """The suffix of the name, in lower case with its dot."""
        return PurePosixPath(self.member.name).suffix.lower() if self.member else self.path.suffix.lower()

    @property
    def stem(self) -> str:
        """The name without its suffix."""
        return PurePosixPath(self.member.name).stem if self.member else self.path.stem

    def open(self) -> BinaryIO:
        """Open the file for reading bytes.

        Raises
        ------
        Rejection
            If it vanished, may not be read, or is not a regular file.
        """
        if self.member:
            return self.member.open()
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):
                raise Rejection("not a regular file", "give a file or a folder")
            return self.path.open("rb")
        except OSError as error:
            raise os_rejection(error) from None

    def read(self, max_bytes: int, *, repair: str) -> bytes:
        """Return the whole file.

        Raises
        ------
        Rejection
            If it is empty, or has more than `max_bytes`, with `repair`; or as :meth:`open`.
        """
        data = bytearray()
        with self.open() as stream:
            # In pieces: a reader that is asked for thirty megabytes takes them, whatever the file has.
            while len(data) <= max_bytes and (piece := stream.read(min(_PIECE_BYTES, max_bytes + 1 - len(data)))):
                data += piece
        if len(data) > max_bytes:
            msg = f"the file is larger than {max_bytes:,} bytes"
            raise Rejection(msg, repair)
        if not data:
            raise Rejection("the file is empty", "delete it, or put the report into it")
        return bytes(data)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was passed over on purpose."""

    where: str
    why: str
    suffix: str = ""
    """Its suffix, where that is why: no form of a report has it."""

    @classmethod
    def of_no_form(cls, where: str, suffix: str) -> Skipped:
        """Return a file that neither its suffix nor its content tells to be a report."""
        return cls(where, f"the suffix {suffix!r} is unknown", suffix.lower()) if suffix else cls(where, UNTOLD)


@dataclass(frozen=True, slots=True)
class Fault:
    """A file or folder that cannot be listed."""

    where: str
    rejection: Rejection
    target: Path | None = None
    """What a link that is not followed leads to."""


def printable(path: Path | str) -> str:
    """Return a path as text that can be printed and stored; bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def os_rejection(error: OSError) -> Rejection:
    """Return what an error of the operating system means to the user."""
    if isinstance(error, FileNotFoundError):
        return Rejection("the file is gone", "run again when nothing else moves the files")
    if isinstance(error, PermissionError):
        return Rejection("may not be read: permission denied", "give yourself the right to read it (chmod u+r)")
    return Rejection(f"cannot be read: {error.strerror or error}", "check the disk and the file")


def is_read_me(name: str) -> bool:
    """Return whether a file of that name speaks of the others and is no report."""
    return name.upper().startswith("README")


def find_files(
    root: Path, suffixes: Collection[str], is_known: Callable[[InputFile], bool]
) -> Iterator[InputFile | Skipped | Fault]:
    """Yield the files to read under `root`, a file or a folder.

    A folder is read recursively, its entries in the order of their names (code points). Hidden entries are left out;
    read-me files and files of a suffix not in `suffixes` are skipped, unless they have no suffix and `is_known` knows
    them by their content. Links within the folder are followed, each folder once. One that leads out of it is a
    :class:`Fault`: whoever may write into the folder would choose a file of the reader's to be published. So is a `root` that
    is a file of an unknown suffix and content, or a folder that yields no file.
    """
    if not root.is_dir():
        if root.is_symlink() and not root.exists():
            yield Fault(printable(root), _link_rejection(root))
            return
        file = InputFile(root, printable(root.name))
        if file.suffix in suffixes or is_known(file):
            yield file
        else:
            what = f"the suffix {root.suffix!r} is unknown" if root.suffix else "the file has no suffix"
            repair = f"give a file that ends in {', '.join(sorted(suffixes))}"
            yield Fault(printable(root), Rejection(what, repair))
        return
    n_files = 0
    for found in _walk(root, "", _Told(suffixes, is_known, root.resolve()), (), set()):
        n_files += not isinstance(found, Skipped)
        yield found
    if n_files == 0:
        repair = f"put reports into it: {', '.join(sorted(suffixes))}"
        yield Fault(printable(root), Rejection(NO_REPORT, repair))


@dataclass(frozen=True, slots=True)
class _Told:
    """How files that may be read are told from others."""

    suffixes: Collection[str]
    is_known: Callable[[InputFile], bool]
    inside: Path
    """The folder that was given, without links."""

    def has(self, file: InputFile) -> bool:
        return file.suffix in self.suffixes or (not file.suffix and self.is_known(file))


def _walk(
    folder: Path,
    prefix: str,
    told: _Told,
    above: tuple[_FolderId, ...],
    visited: set[_FolderId],
) -> Iterator[InputFile | Skipped | Fault]:
    """Yield what is in `folder`; `above` are the folders that lead to it, `visited` all that were read so far."""
    try:
        status = folder.stat()
        with os.scandir(folder) as entries:
            names = sorted((entry.name, entry.is_symlink()) for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        yield Fault(printable(folder), os_rejection(error))
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        yield Fault(printable(folder), Rejection("the link leads back to a folder above it", "delete the link"))
        return
    if here in visited:
        yield Skipped(printable(folder), "a link to a folder that was read before")
        return
    if len(above) == _DEEPEST:
        rejection = Rejection(f"more than {_DEEPEST} folders deep", "give the inner folder by itself")
        yield Fault(printable(folder), rejection)
        return
    visited.add(here)
    for name, is_link in names:
        path = folder / name
        try:
            mode = path.stat().st_mode
        except OSError as error:
            rejection = _link_rejection(path) if path.is_symlink() else os_rejection(error)
            yield Fault(printable(path), rejection)
            continue
        if is_link and not (target := path.resolve()).is_relative_to(told.inside):
            rejection = Rejection(
                f"a link that leads out of the folder, to {printable(target)}, is not followed",
                "give what it leads to by itself, or delete the link",
            )
            yield Fault(printable(path), rejection, target)
        elif stat.S_ISDIR(mode):
            yield from _walk(path, f"{prefix}{printable(name)}/", told, (*above, here), visited)
        elif is_read_me(name):
            yield Skipped(printable(path), "a read-me file")
        elif name.endswith(_METADATA) and (folder / name.removesuffix(_METADATA)).exists():
            yield Skipped(printable(path), "it describes the table beside it")
        elif not told.has(file := InputFile(path, f"{prefix}{printable(name)}")):
            yield Skipped.of_no_form(printable(path), printable(path.suffix))
        else:
            yield file


def _link_rejection(path: Path) -> Rejection:
    try:
        target = printable(path.readlink())
    except OSError:
        target = "?"
    return Rejection(f"a broken link: there is no {target}", "delete the link, or bring its target back")
