"""The most likely a word was in each recording, by openWakeWord's own chain.

Arguments: the head, the spectrogram, the embedding, each as ONNX. Standard input: recordings of 16 kHz s16le mono, each behind its length in bytes
(uint32, little endian). Standard output: a line of JSON, the chances in their order.
"""

import json
import struct
import sys

import numpy
from openwakeword.model import Model

head, spectrogram, embedding = sys.argv[1:4]
model = Model(
    wakeword_models=[head],
    inference_framework="onnx",
    melspec_model_path=spectrogram,
    embedding_model_path=embedding,
)
chances = []
while length := sys.stdin.buffer.read(4):
    sound = numpy.frombuffer(sys.stdin.buffer.read(struct.unpack("<I", length)[0]), dtype="<i2")
    model.reset()
    most = 0.0
    for at in range(0, len(sound) - 1279, 1280):
        most = max(most, *(float(chance) for chance in model.predict(sound[at : at + 1280]).values()))
    chances.append(most)
print(json.dumps(chances))
