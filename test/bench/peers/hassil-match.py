"""Reads sentences on standard input, one JSON object each, and answers each with what Home Assistant's own matcher makes of it."""

import json
import sys

import home_assistant_intents
from hassil import Intents, TextSlotList, recognize_best
from hassil.intents import TextSlotValue
from hassil.parse_expression import parse_sentence

language = sys.argv[1]
# Where somebody stands is given to the matcher, and is no part of what was said.
HERE = "here"
intents = Intents.from_dict(home_assistant_intents.get_intents(language))


def values(called, with_domain):
    return TextSlotList(
        name="called",
        values=[
            TextSlotValue(
                text_in=parse_sentence(one["in"]).expression,
                value_out=one["in"],
                context={"domain": one["domain"]} if with_domain else None,
            )
            for one in called
        ],
    )


for line in sys.stdin:
    asked = json.loads(line)
    home = asked["home"]
    lists = {
        "name": values(home["names"], True),
        "area": values(home["areas"], False),
        "floor": values(home["floors"], False),
    }
    # As Home Assistant calls it: what its conversation agent prefers between readings.
    found = recognize_best(
        asked["text"],
        intents,
        slot_lists=lists,
        intent_context={"area": HERE},
        language=language,
        best_metadata_key="hass_custom_sentence",
        best_slot_name="name",
    )
    answer = found and {
        "intent": found.intent.name,
        "slots": {name: entity.value for name, entity in found.entities.items() if entity.value != HERE},
    }
    print(json.dumps(answer), flush=True)
