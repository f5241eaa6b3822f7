"""One MQTT connection to the edge, kept up by a thread of its own. Only that thread speaks MQTT; others leave messages in the buffer."""

from __future__ import annotations

import random
import select
import socket
import ssl
import threading
import time
from typing import Any, Callable, Optional
from urllib.parse import urlsplit

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from .buffer import Buffer, Message
from .words import Invalid

#: Messages sent and not yet acknowledged. The edge acknowledges together what it stores together, up to 60 ms of it, so a device that waited with
#: fewer would send the slower for it; with more, all would be sent twice after a break.
WINDOW = 100
FAREWELL_S = 2.0
#: A connection that lasted so long was a good one: the next failure counts as the first.
SETTLED_S = 10.0
FIRST_S, MOST_S = 0.5, 30.0
TAKEN_OVER = "The edge drops this device as soon as it connects. Is another device using the same id? Give each its own."


def backoff(failures: int, uniform: float) -> float:
    """Seconds to wait: any time up to a ceiling that doubles ("full jitter", M. Brooker, AWS 2015), never nothing."""
    ceiling = min(MOST_S, FIRST_S * 2 ** min(failures - 1, 16))
    return FIRST_S / 2 + uniform * (ceiling - FIRST_S / 2)


class Connection:
    def __init__(
        self,
        *,
        url: str,
        client_id: str,
        username: Optional[str],
        password: Optional[str],
        keepalive: int,
        will: tuple[str, bytes],
        greeting: list[tuple[str, bytes]],
        subscribe: str,
        hear: Callable[[bytes], None],
        tick: Callable[[], None],
        on_lost: Callable[[], None],
        on_drained: Callable[[], None],
        buffer: Buffer,
        lock: "threading.RLock",
        warn: Callable[[str], None],
    ) -> None:
        address = urlsplit(url)
        if address.scheme not in ("mqtt", "mqtts") or not address.hostname:
            raise Invalid(f"{url!r} is no address of a broker: write it like mqtt://192.168.1.10:1883")
        self._host, self._tls = address.hostname, address.scheme == "mqtts"
        self._port = address.port or (8883 if self._tls else 1883)
        self._client_id, self._login, self._keepalive = client_id, (username, password), keepalive
        self._will, self._greeting, self._subscribe = will, greeting, subscribe
        self._hear, self._tick, self._on_lost, self._on_drained = hear, tick, on_lost, on_drained
        self._buffer, self._lock, self._warn = buffer, lock, warn
        self._flying: dict[int, Message] = {}
        self._leaving: Optional[float] = None
        self._waker, self._wakes = socket.socketpair()
        for end in (self._waker, self._wakes):
            end.setblocking(False)
        self._tried = threading.Event()
        self._thread: Optional[threading.Thread] = None
        self.up = False
        self.sent = 0

    @property
    def flying(self) -> int:
        return len(self._flying)

    def start(self) -> None:
        """Returns when the first attempt has ended, well or not."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True, name="wayside")
            self._thread.start()
            self._tried.wait()

    def stop(self) -> None:
        if self._thread is None:
            return
        self._leaving = time.monotonic() + FAREWELL_S
        self.wake()
        self._thread.join(FAREWELL_S + 1)
        self._thread = None

    def wake(self) -> None:
        try:
            self._waker.send(b".")
        except BlockingIOError:
            pass  # Full: it will wake.

    def _run(self) -> None:
        failures = 0
        while self._leaving is None:
            began, greeted = time.monotonic(), False
            try:
                greeted = self._live(self._open())
            except (OSError, ValueError, ssl.SSLError) as error:
                self._warn(f"The connection to {self._host}:{self._port} failed: {error}. It is tried again by itself.")
            except Exception as error:  # paho raises of many kinds at bytes that are no MQTT.
                self._warn(f"What came from {self._host}:{self._port} could not be read ({error!r}). It is tried again by itself.")
            self._lose()
            self._tried.set()
            if self._leaving is not None:
                break
            failures = 1 if time.monotonic() - began >= SETTLED_S else failures + 1
            if greeted and failures == 3:
                self._warn(TAKEN_OVER)
            self._wait(backoff(failures, random.random()))

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self._leaving is None and time.monotonic() < end:
            select.select([self._wakes], [], [], min(0.5, max(0.0, end - time.monotonic())))
            self._drain_wakes()
            self._tick()

    def _drain_wakes(self) -> None:
        try:
            while self._wakes.recv(4096):
                pass
        except BlockingIOError:
            pass

    def _open(self) -> Client:
        client = Client(CallbackAPIVersion.VERSION2, client_id=self._client_id, clean_session=False, reconnect_on_failure=False)
        client.max_inflight_messages_set(WINDOW + len(self._greeting) + 2)
        client.connect_timeout = 10.0
        if self._login[0] is not None:
            client.username_pw_set(*self._login)
        if self._tls:
            client.tls_set()
        client.will_set(self._will[0], self._will[1], qos=1, retain=True)
        client.on_connect = self._on_connect
        client.on_publish = self._on_publish
        client.on_message = lambda _client, _data, message: self._hear(message.payload) if message.topic == self._subscribe else None
        client.connect(self._host, self._port, self._keepalive)
        return client

    def _live(self, client: Client) -> bool:
        """Until the connection ends. True when the edge had let us in."""
        greeted = False
        while (sock := client.socket()) is not None:
            if self.up:
                greeted = True
                self._pump(client)
                if self._leaving is not None and self._leave(client):
                    break
            if self._leaving is not None and time.monotonic() > self._leaving:
                break
            readable, writable, _ = select.select([sock, self._wakes], [sock] if client.want_write() else [], [], 0.1 if self._leaving else 0.5)
            if self._wakes in readable:
                self._drain_wakes()
            if sock in readable:
                client.loop_read()
                while isinstance(sock, ssl.SSLSocket) and client.socket() is sock and sock.pending():
                    client.loop_read()
            if sock in writable and client.socket() is sock:
                client.loop_write()
            client.loop_misc()
            self._tick()
        return greeted

    def _on_connect(self, client: Client, _data: Any, _flags: Any, reason: Any, _properties: Any) -> None:
        if reason.is_failure:
            self._warn(f"The edge does not let this device in: {reason}.")
            self._tried.set()
            return
        # Heard before seen: a command sent the moment we are online must find us listening.
        client.subscribe(self._subscribe, qos=1)
        for topic, payload in self._greeting:
            client.publish(topic, payload, qos=1, retain=True)
        self.up = True
        self._tried.set()

    def _pump(self, client: Client) -> None:
        with self._lock:
            while len(self._flying) < WINDOW and (message := self._buffer.take()):
                self._flying[client.publish(message.topic, message.payload, qos=1).mid] = message

    def _on_publish(self, _client: Client, _data: Any, mid: int, _reason: Any, _properties: Any) -> None:
        with self._lock:
            if self._flying.pop(mid, None) is None:
                return
            self.sent += 1
            if not self._flying and not len(self._buffer):
                self._on_drained()

    def _leave(self, client: Client) -> bool:
        """Says goodbye once all is told. True when there is nothing more to wait for."""
        if len(self._buffer) or self._flying:
            return False
        goodbye = client.publish(self._will[0], self._will[1], qos=1, retain=True)
        while client.socket() is not None and not goodbye.is_published() and time.monotonic() < (self._leaving or 0):
            client.loop(0.05)
        client.disconnect()
        while client.socket() is not None and client.want_write():
            client.loop(0.05)
        return True

    def _lose(self) -> None:
        with self._lock:
            self.up = False
            self._buffer.put_back(self._flying.values())
            self._flying.clear()
            if len(self._buffer):
                self._on_lost()
