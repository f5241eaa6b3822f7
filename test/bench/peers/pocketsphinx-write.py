"""What PocketSphinx writes down of each recording, with the English model its package carries.

Argument: a grammar in JSGF to keep to; without one, its general language model. Standard input: recordings of 16 kHz s16le mono, each behind its length
in bytes (uint32, little endian). Standard output: a line of JSON, the texts in their order.
"""

import json
import struct
import sys

from pocketsphinx import Decoder

decoder = Decoder(jsgf=sys.argv[1], lm=None, loglevel="ERROR") if len(sys.argv) > 1 else Decoder(loglevel="ERROR")
texts = []
while length := sys.stdin.buffer.read(4):
    decoder.start_utt()
    decoder.process_raw(sys.stdin.buffer.read(struct.unpack("<I", length)[0]), full_utt=True)
    decoder.end_utt()
    said = decoder.hyp()
    texts.append(said.hypstr if said else "")
print(json.dumps(texts))
