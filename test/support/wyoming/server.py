"""A speech server as Home Assistant has them, with its own package: writes down how long a sound was, what was said to be likely, and says a text as a tone of so many characters."""
import asyncio
import math
import struct
from functools import partial

from wyoming.asr import Transcribe, Transcript
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.event import Event
from wyoming.server import AsyncEventHandler, AsyncServer
from wyoming.tts import Synthesize


class Handler(AsyncEventHandler):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.samples = 0
        self.language = "?"
        self.likely = ""

    async def handle_event(self, event: Event) -> bool:
        if Transcribe.is_type(event.type):
            asked = Transcribe.from_event(event)
            self.language = asked.language or "?"
            if asked.transcript_names or asked.transcript_terms:
                self.likely = f", {asked.transcript_names} and {len(asked.transcript_terms)} more likely"
        elif AudioChunk.is_type(event.type):
            self.samples += len(AudioChunk.from_event(event).audio) // 2
        elif AudioStop.is_type(event.type):
            await self.write_event(Transcript(text=f"{self.samples} samples of {self.language}{self.likely}").event())
        elif Synthesize.is_type(event.type):
            text = Synthesize.from_event(event).text
            tone = [int(8000 * math.sin(i / 10)) for i in range(220 * len(text))]
            await self.write_event(AudioStart(rate=22050, width=2, channels=1).event())
            audio = struct.pack(f"<{len(tone)}h", *tone)
            for at in range(0, len(audio), 3000):
                await self.write_event(AudioChunk(rate=22050, width=2, channels=1, audio=audio[at : at + 3000]).event())
            await self.write_event(AudioStop().event())
        return True


async def main() -> None:
    server = AsyncServer.from_uri("tcp://127.0.0.1:0")
    await server.start(partial(Handler))
    print(server._server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
