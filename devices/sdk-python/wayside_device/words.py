"""What may go on the wire, checked where it is said, so that a mistake is told to whoever made it."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Callable, Mapping, Optional, Union

from . import _wire as wire

Value = Union[float, int, bool, str]


class Invalid(ValueError):
    """Something that may not go on the wire; the message says what and why."""


def topic(thing: str, channel: str) -> str:
    return f"{wire.TOPIC_ROOT}{thing}/{channel}"


def check_id(text: Any, what: str) -> str:
    return _fits(wire.ID, text, what, "1 to 64 of A-Z a-z 0-9 . _ -")


def check_readings(signals: Mapping[str, Value]) -> dict[str, Value]:
    if len(signals) > wire.MAX_SIGNALS:
        raise Invalid(f"{len(signals)} signals in one message, at most {wire.MAX_SIGNALS}")
    return {_fits(wire.SIGNAL_NAME, name, "a signal name", "1 to 128 of A-Z a-z 0-9 . _ -"): check_value(value, name) for name, value in signals.items()}


def check_value(value: Any, name: str) -> Value:
    if isinstance(value, (bool, int)):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, str) and len(value) <= wire.MAX_TEXT:
        return value
    raise Invalid(f"{name}: {value!r:.60} is no finite number, truth or text of at most {wire.MAX_TEXT} characters")


def check_code(code: Any) -> str:
    return _fits(wire.DTC_CODE, code, "a trouble code", "1 to 48 of A-Z a-z 0-9 space , ; = / . _ : -")


def check_one_of(text: Any, allowed: tuple[str, ...], what: str) -> str:
    if text not in allowed:
        raise Invalid(f"{what} is one of {', '.join(allowed)}, not {text!r}")
    return text


def check_description(description: Mapping[str, Any]) -> dict[str, Any]:
    """The parts that a typing mistake hits; the edge checks the rest and says so in its log."""
    told = dict(description)
    if not isinstance(told.get("title"), str) or not 1 <= len(told["title"]) <= 120:
        raise Invalid("description: title is 1 to 120 characters")
    check_id(told.get("family"), "description: family")
    for name, signal in told.get("signals", {}).items():
        _fits(wire.SIGNAL_NAME, name, "description: a signal name", "1 to 128 of A-Z a-z 0-9 . _ -")
        check_one_of(signal.get("type"), wire.TYPES, f"description: the type of {name}")
    for name, action in told.get("actions", {}).items():
        check_id(name, "description: an action")
        check_one_of(action.get("risk"), wire.RISKS, f"description: the risk of {name}")
    return told


def encode(body: Mapping[str, Any], what: str) -> bytes:
    payload = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    if len(payload) > wire.MAX_PAYLOAD:
        raise Invalid(f"this {what} is larger than {wire.MAX_PAYLOAD} bytes: publish fewer signals at once")
    return payload


def decode(payload: bytes) -> Optional[dict[str, Any]]:
    """A JSON object, or None for whatever else came. Bad input is expected, so nothing is raised."""
    if len(payload) > wire.MAX_PAYLOAD:
        return None
    try:
        told = json.loads(payload, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")


def _fits(pattern: "re.Pattern[str]", text: Any, what: str, rule: str) -> str:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise Invalid(f"{what} is {rule}, not {text!r:.80}")
    return text


Now = Callable[[], int]
