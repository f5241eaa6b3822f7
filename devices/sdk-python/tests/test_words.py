"""What may go on the wire, and what is read from it."""

import unittest

from wayside_device import words
from wayside_device.interlocks import Interlocks, holds
from wayside_device.words import Invalid


class OnTheWire(unittest.TestCase):
    def test_readings_are_finite_numbers_truths_and_short_texts(self):
        fine = {"a": 1, "b.c": -0.5, "d": True, "e": "x" * 256}
        self.assertEqual(words.check_readings(fine), fine)
        for value in (float("nan"), float("inf"), None, [], "x" * 257):
            with self.subTest(value=value), self.assertRaises(Invalid):
                words.check_readings({"a": value})

    def test_names_are_what_the_schemas_allow_and_nothing_after_it(self):
        for name in ("", "1a", "a b", "ä", "a\n", "x" * 129, 7):
            with self.subTest(name=name), self.assertRaises(Invalid):
                words.check_readings({name: 1})

    def test_a_mistake_is_told_with_its_place(self):
        with self.assertRaisesRegex(Invalid, "the type of t is one of number, boolean, string"):
            words.check_description({"title": "T", "family": "f", "signals": {"t": {"type": "float"}}})
        with self.assertRaisesRegex(Invalid, "the risk of go"):
            words.check_description({"title": "T", "family": "f", "actions": {"go": {"risk": "high"}}})
        with self.assertRaisesRegex(Invalid, "title is 1 to 120"):
            words.check_description({"family": "f"})

    def test_a_message_larger_than_the_edge_takes_is_refused(self):
        with self.assertRaisesRegex(Invalid, "publish fewer signals at once"):
            words.encode({"signals": {"a": "x" * 300_000}}, "telemetry")

    def test_text_goes_as_it_is_and_comes_back(self):
        self.assertEqual(words.encode({"t": "温"}, "event"), '{"t":"温"}'.encode())
        self.assertEqual(words.decode('{"t":"温"}'.encode()), {"t": "温"})

    def test_what_is_no_json_object_is_nothing_and_raises_nothing(self):
        for payload in (b"", b"[1]", b"{", b'{"a":NaN}', b"\xff\xfe", b"[" * 100_000, b"{" + b" " * 300_000 + b"}"):
            with self.subTest(payload=payload[:10]):
                self.assertIsNone(words.decode(payload))


class InterlocksHold(unittest.TestCase):
    def test_true_is_not_one(self):
        self.assertFalse(holds({"signal": "a", "is": True}, 1))
        self.assertTrue(holds({"signal": "a", "is": True}, True))
        self.assertTrue(holds({"signal": "a", "isNot": True}, 1))
        self.assertFalse(holds({"signal": "a", "above": 0}, True))

    def test_bounds_are_not_met_at_the_bound(self):
        self.assertEqual([holds({"signal": "a", "above": 5}, value) for value in (4, 5, 6)], [False, False, True])
        self.assertEqual([holds({"signal": "a", "below": 5}, value) for value in (4, 5, 6)], [True, False, False])

    def test_what_is_not_known_now_does_not_hold(self):
        clock = 10_000
        interlocks = Interlocks({}, lambda: clock)
        closed = [{"signal": "door", "is": "closed", "because": {"en": "the door is open"}}]
        self.assertEqual(interlocks.blocked(closed), "door is not known now")
        interlocks.saw({"door": "closed"}, 10_000)
        self.assertIsNone(interlocks.blocked(closed))
        # An older reading that comes late changes nothing.
        interlocks.saw({"door": "open"}, 9_000)
        self.assertIsNone(interlocks.blocked(closed))
        interlocks.saw({"door": "open"}, 10_001)
        self.assertEqual(interlocks.blocked(closed), "the door is open")
        clock = 13_000
        self.assertEqual(interlocks.blocked(closed), "door is not known now")

    def test_who_can_sense_is_asked_at_that_moment(self):
        sensed = [None]
        interlocks = Interlocks({"speed": lambda: sensed[0]}, lambda: 0)
        interlocks.saw({"speed": 0}, 0)
        standing = [{"signal": "speed", "below": 1}]
        self.assertEqual(interlocks.blocked(standing), "speed is not known now")
        sensed[0] = 3
        self.assertEqual(interlocks.blocked(standing), "speed is 3")


if __name__ == "__main__":
    unittest.main()
