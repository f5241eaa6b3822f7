"""Where messages wait for the edge over a restart of the program."""

from __future__ import annotations

import json
import os
from typing import Iterable, Optional

from .buffer import Message


class FileStore:
    """One JSON line a message, in a file of this device alone. It is written only while the edge is away, so a connected device wears no flash."""

    def __init__(self, path: str) -> None:
        self.path = path

    def load(self) -> list[Message]:
        try:
            with open(self.path, encoding="utf-8", errors="replace") as file:
                return [message for line in file if (message := _message_in(line))]
        except FileNotFoundError:
            return []

    def add(self, message: Message) -> None:
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(_line_of(message))

    def replace(self, messages: Iterable[Message]) -> None:
        """Renamed only when whole: whenever the power fails, one of the two is there."""
        with open(f"{self.path}.new", "w", encoding="utf-8") as file:
            file.writelines(map(_line_of, messages))
            file.flush()
            os.fsync(file.fileno())
        os.replace(f"{self.path}.new", self.path)


def _line_of(message: Message) -> str:
    return json.dumps({"topic": message.topic, "payload": message.payload.decode(), "spare": message.spare}) + "\n"


def _message_in(line: str) -> Optional[Message]:
    """None for a line that a power cut tore."""
    try:
        told = json.loads(line)
        return Message(str(told["topic"]), str(told["payload"]).encode(), bool(told["spare"]))
    except (ValueError, KeyError, TypeError):
        return None
