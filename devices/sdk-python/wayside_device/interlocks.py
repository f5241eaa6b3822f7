"""The machine's own last check before it moves: what is not known to hold now does not hold."""

from __future__ import annotations

from typing import Any, Callable, Iterable, Mapping, Optional

from .words import Now, Value

#: What was read longer ago says nothing about now; the edge holds to the same.
FRESH_MS = 2_000


class Interlocks:
    def __init__(self, sense: Mapping[str, Callable[[], Optional[Value]]], now: Now) -> None:
        self._sense, self._now = sense, now
        self._latest: dict[str, tuple[Value, int]] = {}

    def saw(self, signals: Mapping[str, Value], at: int) -> None:
        for name, value in signals.items():
            if self._latest.get(name, (0, 0))[1] <= at:
                self._latest[name] = (value, at)

    def blocked(self, interlocks: Iterable[Mapping[str, Any]]) -> Optional[str]:
        """Why a command is refused; None when every interlock holds."""
        for interlock in interlocks:
            signal = interlock["signal"]
            value = self._read(signal)
            if value is None:
                return f"{signal} is not known now"
            if not holds(interlock, value):
                return interlock.get("because", {}).get("en") or f"{signal} is {value}"
        return None

    def _read(self, signal: str) -> Optional[Value]:
        if signal in self._sense:
            return self._sense[signal]()
        value, at = self._latest.get(signal, (None, 0))
        return value if abs(self._now() - at) <= FRESH_MS else None


def holds(interlock: Mapping[str, Any], value: Value) -> bool:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if "above" in interlock:
        return number and value > interlock["above"]
    if "below" in interlock:
        return number and value < interlock["below"]
    if "is" in interlock:
        return _same(value, interlock["is"])
    return not _same(value, interlock.get("isNot"))


def _same(one: Any, other: Any) -> bool:
    # In Python True == 1; on the wire they differ.
    return isinstance(one, bool) == isinstance(other, bool) and one == other
