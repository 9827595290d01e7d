"""Downloading one file politely: streamed, resumable, bounded in time, size and tries.

What arrives goes to ``NAME.part`` beside the target, with ``NAME.part.json`` telling which version of which address it is
the beginning of. A later try, in this run or another, asks for the rest and for it only if the server still has that
version. The target itself appears whole, synced, by one rename.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geoconflict._version import __version__
from geoconflict.errors import InputError, ServiceUnavailableError
from geoconflict.retry_after import BUSY, retry_after_seconds

__all__ = ["Downloader", "Fetched"]

USER_AGENT = f"geoconflict/{__version__} (gazetteer install; Python urllib)"
MAX_BYTES = 4 << 30
MAX_TRIES = 5
MAX_WAIT_SECONDS = 120.0
"""A server that asks for a longer pause is not waited for."""
_CHUNK = 1 << 16
_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Fetched:
    """One file as it arrived."""

    n_bytes: int
    sha256: str
    etag: str
    last_modified: str


class _TransientError(Exception):
    """Worth another try, after `wait_seconds` where the server said so."""

    def __init__(self, what: str, wait_seconds: float | None = None) -> None:
        super().__init__(what)
        self.wait_seconds = wait_seconds


class Downloader:
    """Fetches files, one after the other.

    Parameters
    ----------
    timeout_seconds
        How long to wait for a connection, and for the next bytes.
    total_seconds
        How long one file may take with all its tries; a server that drips is given up then.
    max_bytes
        A larger file is refused.
    sleep, clock
        For tests.
    """

    def __init__(
        self,
        *,
        timeout_seconds: float = 10.0,
        total_seconds: float = 1800.0,
        max_bytes: int = MAX_BYTES,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.timeout_seconds = timeout_seconds
        self.total_seconds = total_seconds
        self.max_bytes = max_bytes
        self._sleep = sleep
        self._clock = clock

    def fetch(self, url: str, target: Path, *, etag: str = "", last_modified: str = "") -> Fetched | None:
        """Download `url` to `target`.

        Parameters
        ----------
        url
            An http or https address.
        target
            The file to make; its folder must exist. What is there is replaced only by a whole new file.
        etag, last_modified
            What the server said of the version that is known already: the answer is None when it still has that one.

        Raises
        ------
        InputError
            If the address is not http(s), the server has no such file (404) or refuses it, or it is too large.
        ServiceUnavailableError
            If the server failed, stalled or asked for patience too often or too long. What has arrived is kept.
        """
        if not re.match(r"https?://", url):
            msg = f"{url}: not an http or https address; correct places.geonames_dump_url or places.whosonfirst_url"
            raise InputError(msg)
        part = _Part(target, url)
        until = self._clock() + self.total_seconds
        for number in range(1, MAX_TRIES + 1):
            try:
                headers = self._try(url, part, until, etag, last_modified)
            except _TransientError as error:
                wait = error.wait_seconds if error.wait_seconds is not None else 2.0 ** (number - 1)
                late = self._clock() + wait > until
                if number == MAX_TRIES or late or wait > MAX_WAIT_SECONDS:
                    raise self._gave_up(url, part, error, number, wait, late=late) from error
                self._sleep(wait)
            else:
                return None if headers is None else part.finish(headers)
        raise AssertionError  # the last try returns or raises

    def _gave_up(
        self, url: str, part: _Part, error: _TransientError, n_tries: int, wait: float, *, late: bool
    ) -> ServiceUnavailableError:
        if error.wait_seconds is not None and wait > MAX_WAIT_SECONDS:
            why = f"the server asks to wait {wait:.0f} seconds"
        elif late and n_tries < MAX_TRIES:
            why = f"not done within {self.total_seconds:g} seconds (places.download_seconds)"
        else:
            why = f"{n_tries} tries"
        kept = f"; {part.size():,} bytes have arrived and are kept" if part.size() else ""
        return ServiceUnavailableError(f"{url}: {error}; {why}{kept}; run the same command again later")

    def _try(
        self, url: str, part: _Part, until: float, etag: str, last_modified: str
    ) -> http.client.HTTPMessage | None:
        """Make one request; return the headers of the whole file, or None if it is the known version."""
        start = part.resumable_bytes()
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
            headers["If-Range"] = part.validator()
        elif etag:
            headers["If-None-Match"] = etag
        elif last_modified:
            headers["If-Modified-Since"] = last_modified
        request = urllib.request.Request(url, headers=headers)  # noqa: S310  # http(s) was checked
        try:
            with urllib.request.urlopen(request, timeout=self.timeout_seconds) as response:  # noqa: S310
                return self._receive(url, response, part, start, until)
        except urllib.error.HTTPError as error:
            with error:
                if error.code == http.HTTPStatus.NOT_MODIFIED:
                    return None
                if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                    part.discard()
                    what = "the server no longer has the version whose beginning was here"
                    raise _TransientError(what, 0.0) from error
                raise self._refused(url, error) from error
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            msg = f"no answer or a broken one ({reason or type(error).__name__})"
            raise _TransientError(msg) from error

    def _refused(self, url: str, error: urllib.error.HTTPError) -> Exception:
        said = f"the server answered {error.code} {error.reason}"
        if error.code in BUSY:
            return _TransientError(said, retry_after_seconds(error.headers.get("Retry-After", "")))
        if error.code >= 500 or error.code == 408:
            return _TransientError(said)
        if error.code in {404, 410}:
            return InputError(f"{url}: {said}: there is no such file; check places.geonames_dump_url and the country")
        return InputError(f"{url}: {said}; check the address and whether it needs a key or a proxy")

    def _receive(self, url: str, response: Any, part: _Part, start: int, until: float) -> http.client.HTTPMessage:
        headers: http.client.HTTPMessage = response.headers
        length = headers.get("Content-Length", "")
        total = int(length) if length.isdecimal() else None
        if start and response.status == http.HTTPStatus.PARTIAL_CONTENT:
            match = _CONTENT_RANGE.fullmatch(headers.get("Content-Range", ""))
            if match is None or int(match[1]) != start:
                part.discard()
                what = f"the server sent another part than asked for ({headers.get('Content-Range', 'unnamed')})"
                raise _TransientError(what)
            total = int(match[3]) if match[3] != "*" else int(match[2]) + 1
        else:
            part.begin(headers.get("ETag", ""), headers.get("Last-Modified", ""))
        self._check_size(url, part, total or 0)
        n_bytes = part.size()
        while chunk := response.read1(_CHUNK):
            part.append(chunk)
            n_bytes += len(chunk)
            self._check_size(url, part, n_bytes)
            if self._clock() > until:
                raise _TransientError("the server is too slow")
        if total is not None and n_bytes != total:
            if n_bytes > total:
                part.discard()
            msg = f"{n_bytes:,} of {total:,} bytes arrived"
            raise _TransientError(msg)
        return headers

    def _check_size(self, url: str, part: _Part, n_bytes: int) -> None:
        if n_bytes > self.max_bytes:
            part.discard()
            msg = f"{url}: larger than {self.max_bytes:,} bytes; check the address, this is no gazetteer file"
            raise InputError(msg)


class _Part:
    """The beginning of a file on disk, and which version it is the beginning of."""

    def __init__(self, target: Path, url: str) -> None:
        self.path = target.with_name(target.name + ".part")
        self._note = target.with_name(target.name + ".part.json")
        self._target = target
        self._url = url

    def size(self) -> int:
        return self.path.stat().st_size if self.path.is_file() else 0

    def _known(self) -> dict[str, str]:
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return note if isinstance(note, dict) and note.get("url") == self._url else {}

    def validator(self) -> str:
        """Return what If-Range may carry: a strong ETag, else the date; empty when the version has no mark."""
        known = self._known()
        etag = known.get("etag", "")
        return etag if etag and not etag.startswith("W/") else known.get("last_modified", "")

    def resumable_bytes(self) -> int:
        """Return how much may stay; a beginning of an unmarked version is thrown away."""
        if not self.validator():
            self.discard()
        return self.size()

    def begin(self, etag: str, last_modified: str) -> None:
        """Forget what is there and note which version comes."""
        note = {"url": self._url, "etag": etag, "last_modified": last_modified}
        try:
            self.path.write_bytes(b"")
            self._note.write_text(json.dumps(note), encoding="utf-8")
        except OSError as error:
            raise self._unwritable(error) from error

    def append(self, chunk: bytes) -> None:
        try:
            with self.path.open("ab") as file:
                file.write(chunk)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> InputError:
        # Not left an OSError: those of the connection are tried again, a full disk is not.
        return InputError(
            f"{self.path}: cannot be written ({error.strerror}); free disk space, allow writing, or name another "
            "folder in places.data_dir"
        )

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def finish(self, headers: http.client.HTTPMessage) -> Fetched:
        """Sync what has arrived, hash it, and rename it onto the target."""
        with self.path.open("rb+") as file:
            os.fsync(file.fileno())
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        n_bytes = self.size()
        self.path.replace(self._target)
        self._note.unlink(missing_ok=True)
        return Fetched(n_bytes, digest, headers.get("ETag", ""), headers.get("Last-Modified", ""))
