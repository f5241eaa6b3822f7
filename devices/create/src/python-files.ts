import { descriptionOf, rest } from './description.ts';
import { watched } from './measures.ts';
import type { Plan } from './plan.ts';

/** A device in Python, with tests of its own standard library. */
export function pythonFiles(plan: Plan): Record<string, string> {
  return {
    'requirements.txt': `${plan.sdk}\n`,
    'machine.py': machine(plan),
    'device.py': `"""${plan.title}. MQTT_URL, MQTT_USERNAME and MQTT_PASSWORD say where the edge is."""

import os
import signal
import threading
import time

from wayside_device import Context, Device, FileStore

import machine

THING = os.environ.get("THING", "${plan.id}")

# What this device is, measures and does. The edge and Home Assistant know it from here.
DESCRIPTION = ${python(descriptionOf(plan))}


def identify(context: Context, times: float) -> str:
    machine.identify(int(times), context.aborted)
    return f"shown {int(times)} times"


def make(url: str, store: bool = True) -> Device:
    return Device(
        url=url,
        username=os.environ.get("MQTT_USERNAME", THING),
        password=os.environ.get("MQTT_PASSWORD", ""),
        id=THING,
        description=DESCRIPTION,
        commands={"identify": identify},
        store=FileStore(f"{THING}.waiting") if store else None,
        on_warning=print,
    )


if __name__ == "__main__":
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    device = make(os.environ.get("MQTT_URL", "mqtt://127.0.0.1:1883"))
    device.start()
    print(f"{THING} is connected" if device.state()["connected"] else "waiting for the edge; readings are kept meanwhile", flush=True)
    while not stopping.wait(1):
        device.publish(machine.read(time.time()))
    device.stop()
`,
    'test_device.py': `import time
import unittest

import device
import machine


class TheDevice(unittest.TestCase):
    def test_what_is_read_fits_what_is_declared(self):
        kinds = {"number": (int, float), "boolean": bool, "string": str}
        readings = machine.read(time.time())
        self.assertEqual(sorted(readings), sorted(device.DESCRIPTION["signals"]))
        for name, value in readings.items():
            signal = device.DESCRIPTION["signals"][name]
            self.assertIsInstance(value, kinds[signal["type"]], name)
            if "min" in signal:
                self.assertTrue(signal["min"] <= value <= signal["max"], f"{name} is {value}")
            if "states" in signal:
                self.assertIn(value, signal["states"])

    def test_readings_wait_while_there_is_no_edge(self):
        offline = device.make("mqtt://127.0.0.1:1", store=False)
        offline.publish(machine.read(time.time()))
        self.assertEqual(offline.state()["buffered"], 1)


if __name__ == "__main__":
    unittest.main()
`,
    '.gitignore': '__pycache__\n*.waiting\n.venv\n',
  };
}

/** JSON as Python writes it. */
const python = (value: unknown): string =>
  JSON.stringify(value, null, 4).replace(
    /(?<=: |^\s*)(true|false|null)(?=,?$)/gm,
    (word) => ({ true: 'True', false: 'False', null: 'None' })[word]!,
  );

function machine({ measures, title }: Plan): string {
  const broken = watched(measures);
  const lines = measures.map((measure) => {
    if (measure.type === 'boolean') return `        "${measure.name}": True,`;
    if (measure.type === 'string') return `        "${measure.name}": ${JSON.stringify(measure.states[0])},`;
    const { level, swing } = rest(measure);
    const healthy = `swing(now, ${level}, ${swing})`;
    return `        "${measure.name}": ${measure === broken ? `${rest(measure).broken} if BROKEN else ${healthy}` : healthy},`;
  });
  return `"""The machine itself: here only pretended. Put your sensors in its place."""

import math
import os

#: FAULT=1 makes ${title} misbehave, so that you can see it diagnosed.
BROKEN = bool(os.environ.get("FAULT"))


def swing(now: float, level: float, by: float) -> float:
    return round(level + by * math.sin(now / 20), 3)


def read(now: float) -> dict:
    """What is measured now."""
    return {
${lines.join('\n')}
    }


def identify(times: int, aborted) -> None:
    """Shows which one it is: blink a light, sound a buzzer."""
    for _ in range(times):
        print("*", flush=True)
        if aborted.wait(0.2):
            return
`;
}
