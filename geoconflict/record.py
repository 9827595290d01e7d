"""The base of all records: frozen dataclasses that become JSON-ready dicts and come back. Standard library only."""

from __future__ import annotations

import datetime as dt
import functools
import operator
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import StrEnum
from typing import Any, Self

__all__ = ["Record"]


def _inner(kind: Any) -> Any:
    """Return what may be None without that, any other kind as it is."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        (inner,) = (arg for arg in typing.get_args(kind) if arg is not type(None))
        return inner
    return kind


def _encoder(kind: Any) -> Callable[[Any], Any] | None:
    """Return what makes a field of `kind`, unless it is None, ready for JSON; None where the value is so as it stands."""
    kind = _inner(kind)
    if typing.get_origin(kind) is tuple:
        each = _encoder(typing.get_args(kind)[0])
        return list if each is None else lambda value: list(map(each, value))
    if isinstance(kind, type):
        if issubclass(kind, Record):
            return kind.to_dict
        if issubclass(kind, dt.datetime | dt.date):
            return operator.methodcaller("isoformat")
        if issubclass(kind, StrEnum):
            return operator.attrgetter("_value_")  # `value` is a property that Python computes
    return None


@functools.cache
def _encoders(
    record: type[Record],
) -> tuple[tuple[str, ...], Callable[[Record], tuple[Any, ...]], tuple[tuple[str, Callable[[Any], Any]], ...]]:
    """Return the names of the fields, what gets the values of all at once, and of some what makes them ready for JSON."""
    kinds = typing.get_type_hints(record)
    names = tuple(field.name for field in fields(record))  # type: ignore[arg-type]
    encoders = ((name, _encoder(kinds[name])) for name in names)
    get = operator.attrgetter(*names) if len(names) > 1 else lambda one: (getattr(one, names[0]),)
    return names, get, tuple((name, encode) for name, encode in encoders if encode is not None)


def _decoder(kind: Any) -> Callable[[Any], Any] | None:
    """Return what makes a field of `kind` of the value in a dict; None where the value stands there as it is."""
    inner = _inner(kind)
    if inner is not kind:
        decode = _decoder(inner)
        return None if decode is None else lambda value: None if value is None else decode(value)
    if typing.get_origin(kind) is tuple:
        each = _decoder(typing.get_args(kind)[0])
        return tuple if each is None else lambda value: tuple(map(each, value))
    if isinstance(kind, type):
        if issubclass(kind, Record):
            return kind.from_dict
        if issubclass(kind, dt.datetime | dt.date):
            return kind.fromisoformat
        if issubclass(kind, StrEnum):
            members = {one.value: one for one in kind}  # a tenth of the time that calling the class takes
            return lambda value: members.get(value) or kind(value)
        if kind is float:
            return kind
    return None


@functools.cache
def _decoders(record: type[Record]) -> tuple[frozenset[str], tuple[tuple[str, Callable[[Any], Any]], ...]]:
    """Return the names of the fields, and of some what makes them of the values in a dict."""
    kinds = typing.get_type_hints(record)
    decoders = ((name, _decoder(kind)) for name, kind in kinds.items())
    return frozenset(kinds), tuple((name, decode) for name, decode in decoders if decode is not None)


class Record:
    """The base of all records: conversion to and from JSON-ready dicts."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the record as dicts, lists, str, int, float, bool and None; dates in ISO 8601, enums by value."""
        names, get, encoders = _encoders(type(self))  # type: ignore[arg-type]  # as in from_dict
        told = dict(zip(names, get(self), strict=True))
        for name, encode in encoders:
            if (value := told[name]) is not None:
                told[name] = encode(value)
        return told

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the record that :meth:`to_dict` wrote.

        Raises
        ------
        TypeError
            If a required field is missing or an unknown one is there.
        ValueError
            If an enum or a date has an unusable value.
        """
        names, decoders = _decoders(cls)  # type: ignore[arg-type]  # a class is hashable; mypy doubts type[Self]
        if not names.issuperset(data):
            unknown = sorted(data.keys() - names)
            msg = f"{cls.__name__} has no field {', '.join(map(repr, unknown))}; it has {', '.join(sorted(names))}"
            raise TypeError(msg)
        values = dict(data)
        for name, decode in decoders:
            if name in values:
                values[name] = decode(values[name])
        return cls(**values)
