"""The device that ``wayside conformance`` drives: it does what it is told, one line of JSON at a time, through the SDK. docs/conformance.md"""

import json
import os
import sys

from wayside_device import Context, Device, FileStore

runs = 0


def dim(_context: Context, level: float) -> str:
    global runs
    runs += 1
    device.publish({"level": level})
    return f"level {level}"


def break_(_context: Context) -> None:
    global runs
    runs += 1
    raise RuntimeError("the bulb is missing")


def wait(context: Context) -> None:
    global runs
    runs += 1
    context.aborted.wait()


def drive(_context: Context) -> None:
    global runs
    runs += 1


store = os.environ.get("WAYSIDE_STORE")
device = Device(
    url=os.environ["MQTT_URL"],
    username=os.environ.get("MQTT_USERNAME"),
    password=os.environ.get("MQTT_PASSWORD"),
    id=os.environ["WAYSIDE_THING"],
    keepalive=int(os.environ.get("WAYSIDE_KEEPALIVE", "30")),
    limit=int(os.environ.get("WAYSIDE_BUFFER", "1000")),
    store=FileStore(store) if store else None,
    description={
        "title": "Conformance device",
        "family": "conformance",
        "signals": {
            "level": {"title": "Level", "type": "number", "unit": "%", "min": 0, "max": 100},
            "mode": {"title": "Mode", "type": "string", "states": ["idle", "busy"]},
            "running": {"title": "Running", "type": "boolean"},
        },
        "actions": {
            "dim": {"title": "Dim", "risk": "R1", "args": {"level": {"type": "number", "min": 0, "max": 100}}},
            "break": {"title": "Break", "risk": "R1"},
            "wait": {"title": "Wait", "risk": "R1"},
            "drive": {"title": "Drive", "risk": "R1", "interlocks": [{"signal": "running", "is": True}]},
        },
    },
    commands={"dim": dim, "break": break_, "wait": wait, "drive": drive},
    on_warning=lambda warning: print(warning, file=sys.stderr, flush=True),
)


def act(what: str, ask: dict) -> dict:
    if what == "publish":
        device.publish(ask["signals"], at=ask.get("at"))
    elif what == "publish-nan":
        device.publish({"level": float("nan")})
    elif what == "dtc":
        device.dtc(ask["code"], ask["state"], freeze_frame=ask.get("freezeFrame"))
    elif what == "event":
        device.event(ask["kind"], ask["name"])
    elif what == "state":
        return {**device.state(), "runs": runs, "persists": True}
    elif what == "stop":
        device.stop()
    else:
        raise ValueError(f"cannot do {what}")
    return {}


device.start()
for line in sys.stdin:
    ask = json.loads(line)
    try:
        print(json.dumps({"ok": True, **act(ask["do"], ask)}), flush=True)
    except ValueError as error:
        print(json.dumps({"ok": False, "why": str(error)}), flush=True)
    if ask["do"] == "stop":
        break
