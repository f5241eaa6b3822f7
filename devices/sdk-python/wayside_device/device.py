"""A device that speaks Wayside's MQTT wire."""

from __future__ import annotations

import threading
import time
from typing import Any, Callable, Mapping, Optional

from . import _wire as wire
from .buffer import Buffer, Message
from .commands import Commands, Handler
from .connection import Connection
from .interlocks import Interlocks
from .store import FileStore
from .words import (
    Now,
    Value,
    check_code,
    check_description,
    check_id,
    check_one_of,
    check_readings,
    encode,
    topic,
)


def _now() -> int:
    return time.time_ns() // 1_000_000


class Device:
    """Describes itself, publishes, answers commands. Creating it does nothing; ``start`` connects and goes on trying until ``stop``.

    ``publish``, ``dtc`` and ``event`` may be called from any thread, at any time: what is said before or between connections waits in a bounded
    buffer, stamped with the time it was said. They raise ``Invalid`` for what may not go on the wire.

    :param url: the edge's broker, ``mqtt://host:1883`` or ``mqtts://host:8883``
    :param id: the thing's id, 1 to 64 of A-Z a-z 0-9 . _ -
    :param description: as the wire has it: title, family, signals, actions
    :param commands: a handler for each action, called as ``handler(context, **args)`` in a thread of its own
    :param sense: functions asked when an action's interlocks are checked; other signals are as last published, two seconds long
    :param limit: messages that may wait for the edge; the oldest readings are dropped first
    :param size: bytes that may wait
    :param store: keeps what waits over a restart: ``FileStore(path)``
    :param on_warning: hears, in plain words, what went wrong and is dealt with
    :param now: epoch milliseconds
    """

    def __init__(
        self,
        *,
        url: str,
        id: str,
        description: Mapping[str, Any],
        username: Optional[str] = None,
        password: Optional[str] = None,
        commands: Optional[Mapping[str, Handler]] = None,
        sense: Optional[Mapping[str, Callable[[], Optional[Value]]]] = None,
        limit: int = 1_000,
        size: int = 8 * 1024 * 1024,
        store: Optional[FileStore] = None,
        keepalive: int = 30,
        on_warning: Callable[[str], None] = lambda _: None,
        now: Now = _now,
    ) -> None:
        self._id = check_id(id, "id")
        told = check_description(description)
        self._now, self._warn, self._store = now, on_warning, store
        self._lock = threading.RLock()
        self._buffer = Buffer(limit, size)
        self._lines = 0
        self._interlocks = Interlocks(sense or {}, now)
        self._commands = Commands(commands or {}, told.get("actions", {}), self._interlocks, now, lambda outcome: self._say("outcome", outcome), on_warning)
        presence = topic(id, "presence")
        self._connection = Connection(
            url=url,
            client_id=f"device-{id}",
            username=username,
            password=password,
            keepalive=keepalive,
            will=(presence, b"offline"),
            greeting=[(topic(id, "description"), encode(told, "description")), (presence, b"online")],
            subscribe=topic(id, "command"),
            hear=self._commands.hear,
            tick=self._commands.tick,
            on_lost=self._keep_all,
            on_drained=lambda: self._keep_all() if self._lines else None,
            buffer=self._buffer,
            lock=self._lock,
            warn=on_warning,
        )

    def start(self) -> None:
        """Begins to connect. Returns when the first attempt has ended, well or not; see ``state()["connected"]``."""
        ours = topic(self._id, "")
        with self._lock:
            waited = self._attempt(lambda store: store.load()) or []
            self._lines = len(waited)
            self._buffer.put_back(message for message in waited if message.topic.startswith(ours))
        self._connection.start()

    def stop(self) -> None:
        """Aborts commands, sends what waits (at most two seconds), says ``offline`` and closes."""
        self._commands.stop()
        self._connection.stop()

    def publish(self, signals: Mapping[str, Value], *, at: Optional[int] = None) -> None:
        """Publishes readings. ``at`` is epoch ms, now when absent."""
        readings, stamp = check_readings(signals), self._now() if at is None else at
        self._interlocks.saw(readings, stamp)
        self._say("telemetry", {"at": stamp, "signals": readings})

    def dtc(self, code: str, state: str, *, freeze_frame: Optional[Mapping[str, Value]] = None, at: Optional[int] = None) -> None:
        """Publishes one of the device's own trouble codes, with what it measured at that moment."""
        body = {"at": self._now() if at is None else at, "code": check_code(code), "state": check_one_of(state, wire.DTC_STATES, "state")}
        self._say("dtc", {**body, **({"freezeFrame": check_readings(freeze_frame)} if freeze_frame else {})})

    def event(self, kind: str, name: str, *, at: Optional[int] = None) -> None:
        """Publishes a button, a gesture, a door."""
        self._say("event", {"at": self._now() if at is None else at, "kind": check_id(kind, "kind"), "name": check_id(name, "name")})

    def state(self) -> dict[str, Any]:
        """``connected``, ``buffered`` (not yet acknowledged), ``dropped`` (the buffer was full), ``sent`` (acknowledged)."""
        with self._lock:
            waiting = len(self._buffer) + self._connection.flying
            return {"connected": self._connection.up, "buffered": waiting, "dropped": self._buffer.dropped, "sent": self._connection.sent}

    def _say(self, channel: str, body: Mapping[str, Any]) -> None:
        message = Message(topic(self._id, channel), encode(body, channel), channel == "telemetry")
        with self._lock:
            self._buffer.add(message)
            if not self._connection.up:
                self._keep(message)
        self._connection.wake()

    def _keep(self, message: Message) -> None:
        if self._lines >= 2 * self._buffer.limit:
            return self._keep_all()
        self._attempt(lambda store: store.add(message))
        self._lines += 1

    def _keep_all(self) -> None:
        waiting = self._buffer.all()
        self._attempt(lambda store: store.replace(waiting))
        self._lines = len(waiting)

    def _attempt(self, act: Callable[[FileStore], Any]) -> Any:
        if self._store is None:
            return None
        try:
            return act(self._store)
        except OSError as error:
            self._store = None
            self._warn(f"What waits for the edge can no longer be stored, and goes with the program: {error}")
            return None
