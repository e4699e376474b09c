"""How a rule is turned around while the walk goes on. Which rules there are stands in ``mutations.py``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from types import FunctionType
from typing import Any
from unittest import mock

from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

HOUSE = "werkplaats."
Apply = Callable[[str, ExitStack], None]


@dataclass(frozen=True)
class Flip:
    """One rule, turned around in one way."""

    rule: str
    says: str
    apply: Apply
    first: tuple[str, ...]
    # Without it the program breaks rather than tells: what was guarded cannot be drawn for a visitor.
    breaks: bool = False

    @contextmanager
    def applied(self) -> Iterator[None]:
        """As long as this lasts the rule is another."""
        with ExitStack() as stack:
            self.apply(self.rule, stack)
            yield


def found(dotted: str) -> tuple[Any, str]:
    """What holds the name (a module or a class), and the name. Raises AttributeError when it does not exist."""
    parts = f"{HOUSE}{dotted}".split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            holder: Any = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:-1]:
            holder = getattr(holder, part)
        getattr(holder, parts[-1])
        return holder, parts[-1]
    raise AttributeError(dotted)


def _everywhere(dotted: str, stack: ExitStack, other: Any) -> None:
    """Replace it also in the modules that imported it by name."""
    holder, name = found(dotted)
    original = getattr(holder, name)
    for module in [module for key, module in sys.modules.items() if key.startswith(HOUSE) and module]:
        for own, value in list(vars(module).items()):
            if value is original:
                stack.enter_context(mock.patch.object(module, own, other))


def answers(value: Any) -> Apply:
    """A function, method or property that always gives this."""

    def apply(dotted: str, stack: ExitStack) -> None:
        holder, name = found(dotted)
        given = value() if isinstance(value, FunctionType) else value
        if isinstance(holder, type):
            other: Any = property(lambda self: given) if isinstance(vars(holder)[name], property) else _always(given)
            stack.enter_context(mock.patch.object(holder, name, other))
        else:
            _everywhere(dotted, stack, _always(given))

    return apply


def _always(value: Any) -> Callable[..., Any]:
    def always(*_args: Any, **_named: Any) -> Any:
        return value

    return always


def gives(make: Callable[..., Any]) -> Apply:
    """A method that gives what ``make`` does with the same arguments."""

    def apply(dotted: str, stack: ExitStack) -> None:
        holder, name = found(dotted)
        if isinstance(holder, type):
            is_property = isinstance(vars(holder)[name], property)
            stack.enter_context(mock.patch.object(holder, name, property(make) if is_property else make))
        else:
            _everywhere(dotted, stack, make)

    return apply


def is_now(make: Callable[[Any], Any]) -> Apply:
    """A constant that is another, in this module only when it is written with the module that uses it."""

    def apply(dotted: str, stack: ExitStack) -> None:
        holder, name = found(dotted)
        stack.enter_context(mock.patch.object(holder, name, make(getattr(holder, name))))

    return apply


def is_now_everywhere(make: Callable[[Any], Any]) -> Apply:
    """A constant that is another, wherever it was imported."""

    def apply(dotted: str, stack: ExitStack) -> None:
        holder, name = found(dotted)
        _everywhere(dotted, stack, make(getattr(holder, name)))

    return apply


def in_the_hall(kind: str) -> Apply:
    """The hall as it would be when every record of a kind belonged in it."""

    def apply(dotted: str, stack: ExitStack) -> None:
        from werkplaats.catalogue.refresh import rebuild
        from werkplaats.core import registry

        source = registry.sources[kind]
        everything = replace(source, records=source.model._default_manager.all)
        stack.enter_context(mock.patch.dict(registry.sources, {kind: everything}))
        stack.enter_context(_undone())
        rebuild()

    return apply


def and_in_the_hall(turned: Apply) -> Apply:
    """A rule turned around before the hall was filled."""

    def apply(dotted: str, stack: ExitStack) -> None:
        from werkplaats.catalogue.refresh import rebuild

        turned(dotted, stack)
        stack.enter_context(_undone())
        rebuild()

    return apply


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def by_default(name: str, value: Callable[[], Any]) -> Apply:
    """A function of which this argument is another when it is not given."""

    def apply(dotted: str, stack: ExitStack) -> None:
        holder, function = found(dotted)
        original = getattr(holder, function)
        stack.enter_context(mock.patch.dict(original.__kwdefaults__, {name: value()}))

    return apply


def unguarded(dotted: str, stack: ExitStack) -> None:
    """A view without its decorators."""
    holder, name = found(dotted)
    view = getattr(holder, name)
    bare = view
    while hasattr(bare, "__wrapped__"):
        bare = bare.__wrapped__
    leads(stack, view, bare)


def opened(dotted: str, stack: ExitStack) -> None:
    """An address that says something where it was shut."""
    holder, name = found(dotted)
    leads(stack, getattr(holder, name), lambda request, **_rest: HttpResponse("open"))


def leads(stack: ExitStack, view: Any, other: Any) -> None:
    """The address of one view leads to another."""
    patterns = [one for one in _patterns(get_resolver().url_patterns) if one.callback is view]
    assert patterns, view
    for one in patterns:
        stack.enter_context(mock.patch.object(one, "callback", other))


def _patterns(some: Any) -> Iterator[URLPattern]:
    for one in some:
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns)
        else:
            yield one
