# Written by `npm run generate -w devices/sdk` from the JSON Schemas of @wayside/protocol. Do not edit.

import re

TOPIC_ROOT = "wayside/v1/things/"
CHANNELS = ("description", "telemetry", "dtc", "presence", "event", "command", "outcome")
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
SIGNAL_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]{0,127}", re.ASCII)
DTC_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ,;=/._:-]{0,47}", re.ASCII)
TYPES = ("number", "boolean", "string")
DTC_STATES = ("pending", "confirmed", "cleared")
OUTCOME_STATES = ("done", "refused", "failed")
PRESENCES = ("online", "offline")
RISKS = ("R0", "R1", "R2", "R3")
MAX_TEXT = 256
MAX_DETAIL = 500
MAX_SIGNALS = 2000
MAX_PAYLOAD = 262144
