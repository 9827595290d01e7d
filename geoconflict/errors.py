"""The errors that geoconflict raises: one root, few children, each with a familiar second parent."""

from __future__ import annotations

__all__ = [
    "ConfigError",
    "GazetteerError",
    "GeoconflictError",
    "InputError",
    "MapError",
    "MissingDependencyError",
    "ServiceUnavailableError",
    "StoreError",
    "StoreLockedError",
    "WorkerError",
]


class GeoconflictError(Exception):
    """The root of every error that geoconflict raises on purpose.

    A message says what went wrong, where, and how to repair it.
    """


class InputError(GeoconflictError, ValueError):
    """Something given by the user cannot be used: a report, a frame, an argument."""


class ConfigError(GeoconflictError, ValueError):
    """``geoconflict.toml`` holds an unknown key or an unusable value."""


class GazetteerError(GeoconflictError, RuntimeError):
    """The gazetteer is missing, damaged or of a format this version does not read."""


class StoreError(GeoconflictError, RuntimeError):
    """The event store cannot be opened, is locked by another process, or is damaged."""


class StoreLockedError(StoreError):
    """Another run works on the event store, and did not end while this one waited."""


class ServiceUnavailableError(GeoconflictError, ConnectionError):
    """An online service could not say: time-out, refusal, quota. Never means "no such place"."""


class MapError(GeoconflictError, RuntimeError):
    """A map cannot be written as asked, for example self-contained with an element that needs a remote file."""


class MissingDependencyError(GeoconflictError, ImportError):
    """An optional dependency is not installed; the message names the command that installs it."""


class WorkerError(GeoconflictError, RuntimeError):
    """Worker processes cannot be started, or die whatever they are given."""
