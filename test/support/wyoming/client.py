"""Home Assistant's side of the Wyoming protocol, with its own package: asks an edge for all it offers, and prints what came as JSON."""
import asyncio
import json
import sys

from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.client import AsyncClient
from wyoming.event import Event
from wyoming.handle import Handled, NotHandled
from wyoming.info import Describe, Info
from wyoming.tts import Synthesize, SynthesizeVoice


async def ask(uri: str) -> dict:
    found: dict = {}
    async with AsyncClient.from_uri(uri, read_timeout=90) as client:
        await client.write_event(Describe().event())
        info = Info.from_event(await client.read_event())
        found["asr"] = [language for program in info.asr for model in program.models for language in model.languages]
        found["tts"] = [language for program in info.tts for voice in program.voices for language in voice.languages]
        found["handle"] = [model.name for program in info.handle for model in program.models]

    sound, rate = b"", 0
    async with AsyncClient.from_uri(uri, read_timeout=90) as client:
        voice = SynthesizeVoice(language="en")
        await client.write_event(Synthesize(text="Why did the warning light come on?", voice=voice).event())
        while not AudioStop.is_type((event := await client.read_event()).type):
            if AudioChunk.is_type(event.type):
                chunk = AudioChunk.from_event(event)
                sound, rate = sound + chunk.audio, chunk.rate
    found["spoken"] = len(sound) / 2 / rate

    # At once, as a file is sent and not as a microphone sends.
    async with AsyncClient.from_uri(uri, read_timeout=90) as client:
        await client.write_event(Transcribe(language="en").event())
        await client.write_event(AudioStart(rate=rate, width=2, channels=1).event())
        for at in range(0, len(sound), 2048):
            await client.write_event(AudioChunk(rate=rate, width=2, channels=1, audio=sound[at : at + 2048]).event())
        await client.write_event(AudioStop().event())
        found["heard"] = Transcript.from_event(await client.read_event()).text

    async with AsyncClient.from_uri(uri, read_timeout=90) as client:
        found["handled"] = []
        context = None
        for text in ("Why did the warning light come on?", "Can I drive on?"):
            await client.write_event(Transcript(text=text, language="en", context=context).event())
            event = await client.read_event()
            handled = Handled.from_event(event) if Handled.is_type(event.type) else NotHandled.from_event(event)
            context = handled.context
            found["handled"].append({"type": event.type, "text": handled.text, "context": context})
        await client.write_event(Event(type="no-such-thing", data={}))
        await client.write_event(Describe().event())
        found["afterStrange"] = (await client.read_event()).type
    return found


print(json.dumps(asyncio.run(ask(sys.argv[1]))))
