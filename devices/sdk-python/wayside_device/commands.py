"""Answers commands: refuses what is expired, unknown or ill-formed, carries out the rest once, and says the outcome."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any, Callable, Mapping, Optional

from . import _wire as wire
from .interlocks import Interlocks
from .words import Now, Value, check_value, decode

#: How many outcomes are remembered, so that a command that comes twice (MQTT QoS 1) is carried out once.
REMEMBERED = 1_000
AT_ONCE = 16

Outcome = dict[str, str]


class Context:
    """What a handler has beside its arguments. A thread cannot be stopped from outside: a long one looks at ``aborted`` now and then."""

    def __init__(self) -> None:
        #: Set when the command expired or the device stops.
        self.aborted = threading.Event()


#: Carries a command out, in a thread of its own. Returns nothing, or a text that tells more; raising means failed, with its message.
Handler = Callable[..., Optional[str]]


class Commands:
    def __init__(self, handlers: Mapping[str, Handler], actions: Mapping[str, Any], interlocks: Interlocks, now: Now, answer: Callable[[Outcome], None], warn: Callable[[str], None]) -> None:
        self._handlers, self._actions, self._interlocks = handlers, actions, interlocks
        self._now, self._answer, self._warn = now, answer, warn
        self._lock = threading.Lock()
        self._outcomes: OrderedDict[str, Optional[Outcome]] = OrderedDict()
        self._running: dict[str, tuple[Context, int]] = {}

    def hear(self, payload: bytes) -> None:
        """One message of the command topic. Never raises."""
        told = decode(payload)
        why = "not a JSON object" if told is None else _unlike_command(told)
        if told is None or why:
            return self._warn(f"A command was ignored, because it is no valid command: {why}")
        with self._lock:
            if told["id"] in self._outcomes:
                before = self._outcomes[told["id"]]
                # Still running: its outcome, when it comes, is the answer to both.
                return self._answer(before) if before else None
            self._outcomes[told["id"]] = None
            if len(self._outcomes) > REMEMBERED:
                self._outcomes.popitem(last=False)
        refused = self._refusal(told)
        if refused:
            return self._end(told["id"], "refused", refused)
        context = Context()
        self._running[told["id"]] = (context, told["expires"])
        threading.Thread(target=self._carry_out, args=(told, context), daemon=True, name=f"command-{told['name']}").start()

    def tick(self) -> None:
        """Lets what has expired fail; call about once a second."""
        for id, (context, expires) in list(self._running.items()):
            if expires <= self._now():
                context.aborted.set()
                self._end(id, "failed", "did not finish before it expired")

    def stop(self) -> None:
        for id, (context, _) in list(self._running.items()):
            context.aborted.set()
            self._end(id, "failed", "the device is stopping")

    def _refusal(self, told: Mapping[str, Any]) -> Optional[str]:
        name = told["name"]
        if told["expires"] <= self._now():
            return "expired before it arrived"
        if name not in self._handlers:
            return f'this device has no command "{name}"'
        action = self._actions.get(name)
        why = action and (misfit(action.get("args", {}), told["args"]) or self._interlocks.blocked(action.get("interlocks", ())))
        if why:
            return why
        return f"busy with {AT_ONCE} other commands" if len(self._running) >= AT_ONCE else None

    def _carry_out(self, told: Mapping[str, Any], context: Context) -> None:
        try:
            detail = self._handlers[told["name"]](context, **told["args"])
            self._end(told["id"], "done", detail or "")
        except Exception as error:
            self._end(told["id"], "failed", str(error) or type(error).__name__)

    def _end(self, id: str, state: str, detail: str) -> None:
        outcome = {"id": id, "state": state, **({"detail": detail[: wire.MAX_DETAIL]} if detail else {})}
        with self._lock:
            # The first end counts: a handler that returns after its command expired is not heard.
            if self._outcomes.get(id) is not None:
                return
            self._outcomes[id] = outcome
        self._running.pop(id, None)
        self._answer(outcome)


def _unlike_command(told: Mapping[str, Any]) -> Optional[str]:
    for key in ("id", "name"):
        if not isinstance(told.get(key), str) or not wire.ID.fullmatch(told[key]):
            return f"{key} is no id"
    if not isinstance(told.get("args"), dict):
        return "args is no object"
    for name, value in told["args"].items():
        try:
            check_value(value, name)
        except ValueError as error:
            return str(error)
    expires = told.get("expires")
    return None if isinstance(expires, int) and not isinstance(expires, bool) and expires > 0 else "expires is no time"


_types = {"number": (int, float), "boolean": bool, "string": str}


def misfit(declared: Mapping[str, Any], args: Mapping[str, Value]) -> Optional[str]:
    """The first argument that does not fit the action. Every declared argument must be there, and no other."""
    for name in args:
        if name not in declared:
            return f'unknown argument "{name}"'
    for name, rule in declared.items():
        if name not in args:
            return f'argument "{name}" is missing'
        value, kind = args[name], rule["type"]
        if not isinstance(value, _types[kind]) or (kind == "number" and isinstance(value, bool)):
            return f'argument "{name}" must be a {kind}'
        if kind == "number" and value < rule.get("min", value):
            return f'argument "{name}" must be at least {rule["min"]}'
        if kind == "number" and value > rule.get("max", value):
            return f'argument "{name}" must be at most {rule["max"]}'
        if kind == "string" and value not in rule.get("states", (value,)):
            return f'argument "{name}" must be one of {", ".join(rule["states"])}'
    return None
