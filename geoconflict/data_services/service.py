"""One service of event data: JSON asked for politely, tried again in vain only so often, with secrets in no message."""

from __future__ import annotations

import json
import time
import urllib.parse
from collections.abc import Callable, Mapping
from typing import Any, Final

from geoconflict._version import __version__
from geoconflict.errors import ConfigError, InputError, ServiceUnavailableError
from geoconflict.fetching.addresses import AddressPolicy
from geoconflict.fetching.body import read_body
from geoconflict.fetching.connection import Answer, Connector, Patience
from geoconflict.fetching.refusals import NotFetchedError, RefusedError, TransientError
from geoconflict.fetching.web_address import WebAddress
from geoconflict.retry_after import BUSY, retry_after_seconds
from geoconflict.secret import Secret

__all__ = ["RefusedTokenError", "Service", "secret_from"]

_LARGEST_BYTES: Final = 256_000_000
_MAX_TRIES: Final = 5
_MAX_WAIT_SECONDS: Final = 120.0
"""A service that asks for a longer pause is not waited for."""
_LONGEST_SAID: Final = 200


class RefusedTokenError(Exception):
    """The service does not take the token, or the user's name and password; told as an error of ours by its caller."""


def secret_from(environ: Mapping[str, str], variable: str, what: str) -> Secret:
    """Return the secret of an environment variable.

    Raises
    ------
    ConfigError
        If it is not set; the message names the variable.
    """
    value = environ.get(variable, "").strip()
    if not value:
        msg = f"{what} needs the environment variable {variable}; set it, and keep it out of files and command lines"
        raise ConfigError(msg)
    if not value.isprintable():
        msg = f"the environment variable {variable} holds characters that cannot be seen; set it anew"
        raise ConfigError(msg)
    return Secret(value)


class Service:
    """Asks one service.

    Parameters
    ----------
    name
        What it is called in messages.
    base_url
        Where its paths begin; https, but for a server on this machine.
    connector
        What makes connections; the default connects to public addresses alone, without proxies.
    repairs
        What to do about a status: 403 and the like.
    sleep
        For tests.
    """

    def __init__(
        self,
        name: str,
        base_url: str,
        *,
        connector: Connector | None = None,
        repairs: Mapping[int, str] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = name
        self._base_url = base_url.rstrip("/")
        self._connector = connector or Connector(
            AddressPolicy(), Patience(connect_seconds=20, read_seconds=120, total_seconds=600)
        )
        self._repairs = dict(repairs or {})
        self._sleep = sleep
        self._secrets: list[Secret] = []

    def hide(self, secret: Secret) -> Secret:
        """Keep a secret out of every message from now on, and return it."""
        self._secrets.append(secret)
        return secret

    def ask(
        self,
        path: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        form: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Return the JSON object that the service answers with.

        Parameters
        ----------
        path
            Beneath the base address.
        query
            Parameters of the address; nothing secret, for addresses stand in logs.
        headers
            What goes with the request, such as a token.
        form
            What to post; None asks with GET.

        Raises
        ------
        RefusedTokenError
            If it answers 401; or 400 to a form, as OAuth refuses names, passwords and tokens.
        InputError
            If it refuses what is asked for; with what it says and the repair.
        ServiceUnavailableError
            If it fails, or asks for patience too often or too long.
        """
        address = self._address(path, query)
        for number in range(1, _MAX_TRIES + 1):
            try:
                return self._once(address, headers, form)
            except TransientError as error:
                wait = error.wait_seconds if error.wait_seconds is not None else 2.0 ** (number - 1)
                if wait > _MAX_WAIT_SECONDS:
                    why = f"it asks to wait {wait:,.0f} seconds"
                elif number == _MAX_TRIES:
                    why = f"{number} tries"
                else:
                    self._sleep(wait)
                    continue
                msg = f"{self.name}: {self._plain(error.what)}; {why}; run the same command again later"
                raise ServiceUnavailableError(msg) from None
            except NotFetchedError as error:
                repair = f"; {error.repair}" if error.repair else ""
                msg = f"{self.name}: {self._plain(error.what)}{self._plain(repair)}"
                raise ServiceUnavailableError(msg) from None
        raise AssertionError  # the last try returns or raises

    def _address(self, path: str, query: Mapping[str, str]) -> WebAddress:
        url = f"{self._base_url}/{path}" + (f"?{urllib.parse.urlencode(query)}" if query else "")
        try:
            address = WebAddress.parse(url)
        except RefusedError as error:
            msg = f"{self.name}: {self._base_url!r} is {error.what}"
            raise ConfigError(msg) from None
        if not address.may_take_secrets:
            msg = f"{self.name}: secrets travel over https alone; {address.origin} is not"
            raise ConfigError(msg)
        return address

    def _once(self, address: WebAddress, headers: Mapping[str, str], form: Mapping[str, str] | None) -> dict[str, Any]:
        sent = {
            "User-Agent": f"geoconflict/{__version__} (download)",
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
            **headers,
        }
        body = None
        if form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
            body = urllib.parse.urlencode(form).encode("ascii")
        with self._connector.ask(address, sent, may_be_private=True, form=body) as answer:
            status, patience = answer.status, retry_after_seconds(answer.header("Retry-After"))
            text = self._body(answer)
        # Outside the block: within it, errors are taken for those of the connection.
        if status != 200:
            raise self._refused(status, text, patience, is_form=form is not None)
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            what = f"its answer is no JSON, or cut short ({len(text):,} bytes)"
            raise TransientError(what) from None
        if not isinstance(told, dict):
            what = f"its answer is a JSON {type(told).__name__}, not an object"
            raise TransientError(what)
        return told

    def _body(self, answer: Answer) -> bytes:
        try:
            return read_body(answer, _LARGEST_BYTES)
        except RefusedError as error:
            what = f"its answer is {error.what}"
            raise RefusedError(what, "ask for less at once") from None

    def _refused(self, status: int, body: bytes, patience: float | None, *, is_form: bool) -> Exception:
        said = f"it answered {status}{self._said(body)}"
        if status == 401 or (is_form and status == 400):
            return RefusedTokenError(self._plain(said))
        if status in BUSY:
            return TransientError(said, wait_seconds=patience)
        if status >= 500 or status == 408:
            return TransientError(said)
        repair = self._repairs.get(status, "check what is asked for")
        return InputError(f"{self.name}: {self._plain(said)}; {repair}")

    def _said(self, body: bytes) -> str:
        """Return what an answer says of itself, cut short; nothing of a page for people."""
        text = body.decode("utf-8", "replace").strip()
        if not text or text.startswith("<"):
            return ""
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            told = text
        if isinstance(told, dict):
            named = ("message", "error_description", "hint", "error", "messages", "Message")
            told = next((told[name] for name in named if told.get(name)), "")
        return f": {str(told)[:_LONGEST_SAID]}" if told else ""

    def _plain(self, text: str) -> str:
        for secret in self._secrets:
            text = secret.hide(text)
        return text
