"""What waits for the edge: in memory, and over a restart."""

import os
import tempfile
import unittest

from wayside_device.buffer import Buffer, Message
from wayside_device.store import FileStore


def reading(text: str) -> Message:
    return Message("t/telemetry", text.encode(), True)


def code(text: str) -> Message:
    return Message("t/dtc", text.encode(), False)


def taken(buffer: Buffer) -> list[str]:
    return [message.payload.decode() for message in iter(buffer.take, None)]


class InMemory(unittest.TestCase):
    def test_codes_go_before_readings_each_in_their_order(self):
        buffer = Buffer(10, 1_000)
        for message in (reading("1"), code("a"), reading("2"), code("b")):
            buffer.add(message)
        self.assertEqual(taken(buffer), ["a", "b", "1", "2"])

    def test_the_oldest_readings_give_way_and_are_counted(self):
        buffer = Buffer(3, 1_000)
        for message in (reading("1"), code("a"), reading("2"), reading("3"), code("b")):
            buffer.add(message)
        self.assertEqual((buffer.dropped, taken(buffer)), (2, ["a", "b", "3"]))

    def test_where_only_codes_wait_the_oldest_of_them_goes(self):
        buffer = Buffer(2, 1_000)
        for text in "abc":
            buffer.add(code(text))
        self.assertEqual((buffer.dropped, taken(buffer)), (1, ["b", "c"]))

    def test_bytes_are_bounded_too_and_given_back_when_taken(self):
        buffer = Buffer(100, 10)
        for _ in range(3):
            buffer.add(reading("12345"))
        self.assertEqual((len(buffer), buffer.dropped), (2, 1))
        taken(buffer)
        buffer.add(reading("1234567890"))
        self.assertEqual((len(buffer), buffer.dropped), (1, 1))

    def test_what_was_not_acknowledged_goes_to_the_front_in_its_order(self):
        buffer = Buffer(10, 1_000)
        for text in "123":
            buffer.add(reading(text))
        flying = [buffer.take(), buffer.take()]
        buffer.put_back(flying)
        self.assertEqual(taken(buffer), ["1", "2", "3"])


class OverARestart(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "waiting")
        self.store = FileStore(self.path)

    def test_what_was_kept_is_there_again(self):
        self.assertEqual(self.store.load(), [])
        kept = [reading('{"signals":{"t":1}}'), code("中文")]
        for message in kept:
            self.store.add(message)
        self.assertEqual(FileStore(self.path).load(), kept)

    def test_a_line_that_a_power_cut_tore_is_left_out(self):
        self.store.add(reading("1"))
        with open(self.path, "ab") as file:
            file.write(b'{"topic":"t","pay\xe4')
        self.assertEqual(self.store.load(), [reading("1")])

    def test_it_is_replaced_as_a_whole(self):
        self.store.add(reading("1"))
        self.store.replace([code("a")])
        self.assertEqual(self.store.load(), [code("a")])
        self.assertEqual(os.listdir(os.path.dirname(self.path)), ["waiting"])


if __name__ == "__main__":
    unittest.main()
