"""One request over one connection: to an address that was checked, within a time that is kept whatever the server does.

A name is looked up once. The connection goes to an address of that answer and to no other, so a name that means another
address a moment later gains nothing; certificate and Host are those of the name. Proxies of the environment are not used,
for behind one nobody could say where a connection leads.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from geoconflict.fetching.addresses import AddressPolicy
from geoconflict.fetching.refusals import RefusedError, TransientError
from geoconflict.fetching.web_address import WebAddress

__all__ = ["Answer", "Connector", "Dial", "Patience", "Resolve", "connect_to", "look_up"]

Resolve: TypeAlias = Callable[[str, int], Sequence[str]]
"""(host, port) -> the addresses that the host's name stands for."""
Dial: TypeAlias = Callable[[str, int, float], socket.socket]
"""(address, port, seconds) -> a connection to that very address."""

_MOST_ADDRESSES = 4
_BUFFER_BYTES = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to wait, in seconds."""

    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    """For one request with all its parts; a server that drips is given up then."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The head of an answer, and the stream of its body."""

    response: http.client.HTTPResponse
    is_private: bool
    """Whether it came from an address of the intranet."""

    @property
    def status(self) -> int:
        """The status of the answer."""
        return self.response.status

    def header(self, name: str) -> str:
        """Return a header, or nothing: in one line, of characters that can be seen, no longer than is sane."""
        value = str(self.response.headers.get(name, ""))
        return "".join(one for one in " ".join(value.split()) if " " <= one < "\x7f" or one > "\xa0")[:1000]


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of `host` as the system knows them, the preferred first."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def connect_to(ip: str, port: int, seconds: float) -> socket.socket:
    """Return a connection to `ip`, and make sure that this is what it is connected to.

    Raises
    ------
    RefusedError
        If the other end has another address.
    OSError
        If there is no connection in time.
    """
    connected = socket.create_connection((ip, port), timeout=seconds)
    peer = str(connected.getpeername()[0])
    if peer != ip:
        connected.close()
        what = f"connected to {peer} instead of {ip}"
        raise RefusedError(what)
    return connected


class Connector:
    """Makes requests.

    Parameters
    ----------
    policy
        Which addresses may be connected to.
    patience
        How long to wait.
    resolve, dial, context, clock
        For tests, and for machines with certificates of their own.
    """

    def __init__(
        self,
        policy: AddressPolicy,
        patience: Patience | None = None,
        *,
        resolve: Resolve = look_up,
        dial: Dial = connect_to,
        context: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._policy = policy
        self._patience = patience or Patience()
        self._resolve = resolve
        self._dial = dial
        self._context = context
        self._clock = clock

    @contextlib.contextmanager
    def ask(
        self, address: WebAddress, headers: Mapping[str, str], *, may_be_private: bool, form: bytes | None = None
    ) -> Iterator[Answer]:
        """Give the answer to one request; its body can be read while the block runs.

        Parameters
        ----------
        address
            What is asked for.
        headers
            What goes with it.
        may_be_private
            Whether addresses of the intranet that the user allowed are open to this request.
        form
            What to post; None makes a GET request.

        Raises
        ------
        RefusedError
            If the address may not be connected to, or its certificate is not that of the host.
        TransientError
            If there is no answer, a broken one, or not in time.
        """
        deadline = _Deadline(self._patience, self._clock)
        self._policy.check_port(address.port)
        texts = self._looked_up(address, deadline)
        ips, is_private = self._policy.check(texts, address.port, may_be_private=may_be_private)
        with _broken_off(deadline), contextlib.ExitStack() as held:
            connected = self._connected([str(ip) for ip in ips[:_MOST_ADDRESSES]], address, deadline)
            held.callback(connected.close)
            connection = http.client.HTTPConnection(address.host, address.port)
            connection.sock = _TimedSocket(connected, deadline)
            connection.auto_open = 0  # a second connection would not have been checked
            held.callback(connection.close)
            method = "GET" if form is None else "POST"
            connection.putrequest(method, address.target, skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", address.netloc)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.putheader("Connection", "close")
            if form is not None:
                connection.putheader("Content-Length", str(len(form)))
            connection.endheaders(form)
            response = connection.getresponse()
            held.callback(response.close)
            yield Answer(response, is_private)

    def _looked_up(self, address: WebAddress, deadline: _Deadline) -> Sequence[str]:
        """Look the name up, waiting no longer than for a connection: the system's own look-up knows no time limit."""
        found: list[Sequence[str]] = []
        failures: list[OSError | UnicodeError] = []

        def work() -> None:
            try:
                found.append(self._resolve(address.host, address.port))
            except (OSError, UnicodeError) as error:
                failures.append(error)

        thread = threading.Thread(target=work, name=f"look up {address.host}", daemon=True)
        thread.start()
        thread.join(deadline.left(self._patience.connect_seconds))
        if not found or not found[0]:
            why = str(failures[0]) if failures else "no answer"
            what = f"the name of {address.host} cannot be looked up ({why})"
            raise TransientError(what, "check the spelling and the network")
        return found[0]

    def _connected(self, ips: Sequence[str], address: WebAddress, deadline: _Deadline) -> socket.socket:
        for left, ip in zip(reversed(range(len(ips))), ips, strict=True):
            try:
                connected = self._dial(ip, address.port, deadline.left(self._patience.connect_seconds))
            except OSError:
                if left == 0:
                    raise
                continue
            if address.scheme == "http":
                return connected
            try:
                connected.settimeout(deadline.left(self._patience.connect_seconds))
                return self._tls().wrap_socket(connected, server_hostname=address.host)
            except BaseException:
                connected.close()
                raise
        raise AssertionError  # there is at least one address, and the last one returns or raises

    def _tls(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = ssl.create_default_context()
        return self._context


class _Deadline:
    """The moment at which a request must be over."""

    def __init__(self, patience: Patience, clock: Callable[[], float]) -> None:
        self.patience = patience
        self._clock = clock
        self._until = clock() + patience.total_seconds

    def left(self, most_seconds: float) -> float:
        """Return how long to wait for the next thing, at most `most_seconds`.

        Raises
        ------
        TimeoutError
            If the time is over.
        """
        left = self._until - self._clock()
        if left <= 0:
            raise TimeoutError
        return min(left, most_seconds)

    def what_passed(self) -> str:
        """Return what to say when something did not come in time."""
        if self._clock() >= self._until:
            return f"not done within {self.patience.total_seconds:g} seconds (fetching.total_seconds)"
        return f"no answer for {self.patience.read_seconds:g} seconds"


@contextlib.contextmanager
def _broken_off(deadline: _Deadline) -> Iterator[None]:
    """Say what the errors of a connection mean."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        what = f"its certificate is not to be trusted ({error.verify_message})"
        raise RefusedError(
            what, "check the address; a certificate authority of your own goes into SSL_CERT_FILE"
        ) from None
    except TimeoutError:
        raise TransientError(deadline.what_passed()) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        what = f"no answer or a broken one ({str(error)[:200] or type(error).__name__})"
        raise TransientError(what) from None


class _TimedSocket:
    """A socket as :mod:`http.client` uses one, each step of which ends in time."""

    def __init__(self, connected: socket.socket, deadline: _Deadline) -> None:
        self._socket = connected
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._socket.settimeout(self._deadline.left(self._deadline.patience.read_seconds))
        self._socket.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedStream(self._socket, self._deadline), _BUFFER_BYTES)

    def close(self) -> None:
        """Leave the socket open: whoever made it closes it when the body is read."""


class _TimedStream(io.RawIOBase):
    """What a socket receives, each piece of it in time."""

    def __init__(self, connected: socket.socket, deadline: _Deadline) -> None:
        self._socket = connected
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._socket.settimeout(self._deadline.left(self._deadline.patience.read_seconds))
        return self._socket.recv_into(buffer)
