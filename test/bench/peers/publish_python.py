"""Publishes readings with QoS 1, by the SDK or by paho-mqtt bare, a hundred on their way at a time: ``publish_python.py sdk|bare URL USER PASSWORD COUNT``."""

import json
import resource
import sys
import time
from urllib.parse import urlparse

way, url, username, password, told = sys.argv[1:]
count, window = int(told), 100


def by_sdk() -> float:
    from wayside_device import Device

    description = {"title": "Bench", "family": "generic", "signals": {"level": {"title": "Level", "type": "number"}}}
    device = Device(url=url, username=username, password=password, id="bench-sdk-python", description=description)
    device.start()
    while not device.state()["connected"]:
        time.sleep(0.001)
    began = time.perf_counter()
    for i in range(count):
        while device.state()["buffered"] >= window:
            time.sleep(0.0002)
        device.publish({"level": i})
    while device.state()["buffered"] > 0:
        time.sleep(0.0002)
    took = time.perf_counter() - began
    device.stop()
    return took


def bare() -> float:
    import paho.mqtt.client as mqtt

    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="bench-bare-python")
    client.username_pw_set(username, password)
    client.max_inflight_messages_set(window)
    place = urlparse(url)
    client.connect(place.hostname, place.port)
    client.loop_start()
    while not client.is_connected():
        time.sleep(0.001)
    began = time.perf_counter()
    waiting = []
    for i in range(count):
        if len(waiting) >= window:
            waiting.pop(0).wait_for_publish()
        body = json.dumps({"at": time.time_ns() // 1_000_000, "signals": {"level": i}})
        waiting.append(client.publish("wayside/v1/things/bench-bare-python/telemetry", body, qos=1))
    for each in waiting:
        each.wait_for_publish()
    took = time.perf_counter() - began
    client.disconnect()
    return took


took = by_sdk() if way == "sdk" else bare()
print(json.dumps({"rate": count / took, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6}))
