"""What waits for the edge, within bounds."""

from __future__ import annotations

from collections import deque
from typing import Iterable, NamedTuple, Optional


class Message(NamedTuple):
    topic: str
    payload: bytes
    #: Telemetry: it gives way first when the buffer is full, because a reading comes again and a trouble code does not.
    spare: bool


class Buffer:
    """Keeps at most ``limit`` messages and ``size`` bytes; the oldest readings are dropped first, and counted. Not for several threads at once."""

    def __init__(self, limit: int, size: int) -> None:
        self.limit, self.size = limit, size
        self.dropped = 0
        self._kept: deque[Message] = deque()
        self._spare: deque[Message] = deque()
        self._held = 0

    def __len__(self) -> int:
        return len(self._kept) + len(self._spare)

    def all(self) -> list[Message]:
        return [*self._kept, *self._spare]

    def add(self, message: Message) -> None:
        (self._spare if message.spare else self._kept).append(message)
        self._held += len(message.payload)
        self._trim()

    def take(self) -> Optional[Message]:
        """The next to send: codes, events and outcomes before readings, each in the order they were said."""
        queue = self._kept or self._spare
        if not queue:
            return None
        message = queue.popleft()
        self._held -= len(message.payload)
        return message

    def put_back(self, messages: Iterable[Message]) -> None:
        """Messages that were taken and not acknowledged, to the front, in their order."""
        for message in reversed(list(messages)):
            (self._spare if message.spare else self._kept).appendleft(message)
            self._held += len(message.payload)
        self._trim()

    def _trim(self) -> None:
        while len(self) > self.limit or self._held > self.size:
            oldest = (self._spare or self._kept).popleft()
            self._held -= len(oldest.payload)
            self.dropped += 1
