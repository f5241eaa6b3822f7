"""What becomes of a command, without an edge."""

import json
import threading
import unittest

from wayside_device import Device, Invalid
from wayside_device.commands import AT_ONCE, REMEMBERED, Commands
from wayside_device.connection import FIRST_S, MOST_S, backoff
from wayside_device.interlocks import Interlocks

ACTIONS = {
    "set": {"risk": "R1", "args": {"to": {"type": "number", "min": 0, "max": 10}}, "interlocks": [{"signal": "door", "is": "closed"}]},
    "wait": {"risk": "R0"},
}


class ACommand(unittest.TestCase):
    def setUp(self):
        self.clock = 1_000
        self.answers, self.warnings, self.done = [], [], []
        self.answered = threading.Semaphore(0)
        self.release = threading.Event()
        self.addCleanup(self.release.set)
        interlocks = Interlocks({"door": lambda: "closed"}, lambda: self.clock)
        handlers = {"set": lambda _, to: self.done.append(to), "wait": self.wait, "other": self.fail_loudly}
        self.commands = Commands(handlers, ACTIONS, interlocks, lambda: self.clock, self.answer, self.warnings.append)

    def wait(self, context):
        self.release.wait(10)
        return "too late" if context.aborted.is_set() else "waited"

    def fail_loudly(self, _):
        raise RuntimeError("the valve is stuck")

    def answer(self, outcome):
        self.answers.append(outcome)
        self.answered.release()

    def hear(self, id, name="set", expires=2_000, **args):
        self.commands.hear(json.dumps({"id": id, "name": name, "args": args, "expires": expires}).encode())

    def ended(self, count=1):
        for _ in range(count):
            self.assertTrue(self.answered.acquire(timeout=10), "no outcome came")
        return self.answers[-1]

    def test_is_carried_out_once_however_often_it_comes(self):
        self.hear("c1", to=5)
        first = self.ended()
        self.hear("c1", to=5)
        self.assertEqual((first, self.ended(), self.done), ({"id": "c1", "state": "done"}, first, [5]))

    def test_that_does_not_fit_or_came_too_late_is_refused_and_moves_nothing(self):
        for n, (why, told) in enumerate(
            [
                ("expired before it arrived", {"to": 5, "expires": 1_000}),
                ('this device has no command "fly"', {"name": "fly"}),
                ('argument "to" is missing', {}),
                ('unknown argument "by"', {"to": 5, "by": 1}),
                ('argument "to" must be a number', {"to": True}),
                ('argument "to" must be at least 0', {"to": -1}),
                ('argument "to" must be at most 10', {"to": 11}),
            ]
        ):
            with self.subTest(why):
                self.hear(f"r{n}", **told)
                self.assertEqual(self.ended(), {"id": f"r{n}", "state": "refused", "detail": why})
        self.assertEqual(self.done, [])

    def test_whose_handler_raises_has_failed_with_its_message(self):
        self.hear("c1", "other")
        self.assertEqual(self.ended(), {"id": "c1", "state": "failed", "detail": "the valve is stuck"})

    def test_that_outlasts_its_time_fails_and_its_late_end_is_not_heard(self):
        self.hear("c1", "wait")
        self.clock = 2_000
        self.commands.tick()
        self.assertEqual(self.ended(), {"id": "c1", "state": "failed", "detail": "did not finish before it expired"})
        self.release.set()
        self.hear("c2", to=1)
        self.clock = 1_000
        self.assertEqual([one["id"] for one in self.answers if one["id"] == "c1"], ["c1"])

    def test_beyond_what_is_done_at_once_is_refused(self):
        for n in range(AT_ONCE + 1):
            self.hear(f"c{n}", "wait")
        self.assertEqual(self.ended(), {"id": f"c{AT_ONCE}", "state": "refused", "detail": f"busy with {AT_ONCE} other commands"})
        self.commands.stop()
        self.assertEqual({one["state"] for one in self.answers[1:]}, {"failed"})

    def test_that_is_none_is_said_in_plain_words_and_answered_to_nobody(self):
        for payload in (b"[]", b'{"id":"a b"}', b'{"id":"a","name":"set","args":[],"expires":5}', b'{"id":"a","name":"set","args":{},"expires":true}'):
            self.commands.hear(payload)
        self.assertEqual((self.answers, len(self.warnings)), ([], 4))

    def test_only_so_many_are_remembered(self):
        for n in range(REMEMBERED + 1):
            self.hear(f"c{n}", "fly")
        self.assertEqual(len(self.commands._outcomes), REMEMBERED)


class ADevice(unittest.TestCase):
    def test_begins_nothing_by_being_made_and_keeps_what_is_said_before(self):
        device = Device(url="mqtt://127.0.0.1:1", id="d", description={"title": "D", "family": "f"}, now=lambda: 7)
        device.publish({"t": 1})
        device.dtc("P0301", "confirmed")
        self.assertEqual(device.state(), {"connected": False, "buffered": 2, "dropped": 0, "sent": 0})
        for wrong in (lambda: device.publish({"t": float("nan")}), lambda: device.dtc("P0301", "maybe"), lambda: device.event("a b", "x")):
            self.assertRaises(Invalid, wrong)
        self.assertEqual(device.state()["buffered"], 2)

    def test_that_is_told_no_address_says_how_one_is_written(self):
        with self.assertRaisesRegex(Invalid, "mqtt://192.168.1.10:1883"):
            Device(url="localhost:1883", id="d", description={"title": "D", "family": "f"})

    def test_waits_longer_each_time_within_bounds_and_never_not_at_all(self):
        self.assertEqual(backoff(1, 0), FIRST_S / 2)
        self.assertEqual([backoff(failures, 1) for failures in (1, 2, 3, 99)], [FIRST_S, 2 * FIRST_S, 4 * FIRST_S, MOST_S])


if __name__ == "__main__":
    unittest.main()
