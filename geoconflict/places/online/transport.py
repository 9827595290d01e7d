"""One HTTP request of an online service, with the standard library: bounded in size and time, and discreet.

A user name or token is put into a request here and nowhere earlier, so that no log line, error or record of a library
above can hold it; what comes back is rid of it before anybody above sees it. Redirects are refused: they could carry a
secret to another server, or to one that was never configured.
"""

from __future__ import annotations

import http.client
import io
import time
import urllib.parse
import urllib.request
import urllib.response
from email.message import Message
from typing import IO, Any
from urllib.error import HTTPError, URLError

from geoconflict.secret import Secret

__all__ = ["STAND_IN", "Opener"]

STAND_IN = "-hidden-"
"""Stands in a request's address where the secret goes."""
_LARGEST_BYTES = 4_000_000
_CHUNK_BYTES = 65_536


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> None:  # fmt: skip
        """Follow nothing; the redirect becomes an error with its status."""


class Opener:
    """Opens requests as :func:`urllib.request.urlopen` does.

    Parameters
    ----------
    secret
        What to add to each request; None is nothing.
    extra
        Parameters that each address gets besides.
    use_proxies
        Whether the proxies of the environment hold.
    """

    def __init__(
        self, *, secret: Secret | None = None, extra: dict[str, str] | None = None, use_proxies: bool = True
    ) -> None:
        self._secret = secret
        self._extra = urllib.parse.urlencode(extra) if extra else ""
        proxies = urllib.request.ProxyHandler(None if use_proxies else {})
        self._opener = urllib.request.build_opener(proxies, _NoRedirects())

    def __call__(self, request: urllib.request.Request, *, timeout: float) -> Any:
        """Return the whole answer, read within twice `timeout` seconds.

        Raises
        ------
        urllib.error.HTTPError
            If the status is none of success; body and reason are kept, the secret is not.
        urllib.error.URLError
            If there is no whole answer in time, or it is larger than 4 MB.
        """
        deadline = time.monotonic() + 2 * timeout
        url = request.full_url
        request.full_url = self._addressed(url)
        if self._secret is not None and self._secret.as_header:
            request.add_unredirected_header(self._secret.as_header, f"Bearer {self._secret.value}")
        try:
            with self._opener.open(request, timeout=timeout) as page:
                body = self._hidden(_read(page, deadline))
                return urllib.response.addinfourl(io.BytesIO(body), self._clean(page.headers), url, page.status)
        except HTTPError as error:
            with error:
                body = self._hidden(_read(error.fp, deadline))
            failure: URLError = HTTPError(
                url, error.code, self._plain(str(error.reason)), self._clean(error.headers), io.BytesIO(body)
            )
        except TimeoutError:
            failure = URLError("timed out")
        except URLError as error:
            failure = URLError(self._plain(str(error.reason)))
        except (OSError, http.client.HTTPException) as error:
            failure = URLError(self._plain(f"the connection broke: {str(error) or type(error).__name__}"))
        raise failure from None

    def _addressed(self, url: str) -> str:
        if self._extra:
            url = f"{url}&{self._extra}"
        if self._secret is not None and not self._secret.as_header:
            url = url.replace(STAND_IN, urllib.parse.quote_plus(self._secret.value))
        return url

    def _plain(self, text: str) -> str:
        return self._secret.hide(text) if self._secret is not None else text

    def _hidden(self, body: bytes) -> bytes:
        if self._secret is None:
            return body
        return self._secret.hide_bytes(body)

    def _clean(self, headers: Message) -> Message:
        clean = Message()
        for name, value in headers.items():
            clean[name] = self._plain(value)
        return clean


def _read(page: Any, deadline: float) -> bytes:
    """Return the whole body; a server that drips byte by byte is not waited for longer than a silent one."""
    parts: list[bytes] = []
    n_bytes = 0
    while part := page.read1(_CHUNK_BYTES):
        parts.append(part)
        n_bytes += len(part)
        if n_bytes > _LARGEST_BYTES:
            msg = f"an answer of more than {_LARGEST_BYTES:,} bytes"
            raise URLError(msg)
        if time.monotonic() > deadline:
            raise TimeoutError
    return b"".join(parts)
