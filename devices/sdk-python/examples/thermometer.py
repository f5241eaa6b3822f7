"""A thermometer with one command, ``identify``, which blinks its light.

MQTT_URL=mqtt://127.0.0.1:1883 MQTT_USERNAME=device MQTT_PASSWORD=... python examples/thermometer.py
"""

import os
import random
import signal
import threading

from wayside_device import Context, Device

stopping = threading.Event()
signal.signal(signal.SIGINT, lambda *_: stopping.set())


def identify(context: Context, times: int) -> str:
    for _ in range(int(times)):
        print("blink")
        if context.aborted.wait(0.3):
            break
    return f"blinked {times} times"


device = Device(
    url=os.environ.get("MQTT_URL", "mqtt://127.0.0.1:1883"),
    username=os.environ.get("MQTT_USERNAME"),
    password=os.environ.get("MQTT_PASSWORD"),
    id="thermometer-2",
    description={
        "title": "Attic thermometer",
        "family": "thermometer",
        "signals": {"temperature": {"title": "Temperature", "type": "number", "unit": "°C", "min": -40, "max": 80}},
        "actions": {"identify": {"title": "Blink the light", "risk": "R1", "args": {"times": {"type": "number", "min": 1, "max": 10}}}},
    },
    commands={"identify": identify},
    on_warning=print,
)
device.start()
temperature = 18.0
while not stopping.wait(1):
    temperature += random.uniform(-0.1, 0.1)
    device.publish({"temperature": round(temperature, 2)})
device.stop()
