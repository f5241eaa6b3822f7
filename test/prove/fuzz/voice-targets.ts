import { createEventReader, type EarsStream, encodeEvent } from '@wayside/models';
import { serve } from '../../../edge/agent/src/voice/wyoming.ts';
import type { WyomingParts } from '../../../edge/agent/src/voice/wyoming-parts.ts';
import { ended, says } from './connection.ts';
import { kindOf } from './read.ts';
import type { Target } from './targets.ts';

const sound = { rate: 16_000, width: 2, channels: 1 };
const events = [
  { type: 'describe', data: {} },
  { type: 'transcribe', data: { language: 'zh-CN', transcript_names: ['pump'] } },
  { type: 'audio-start', data: sound },
  { type: 'audio-chunk', data: sound, payload: Buffer.alloc(64, 1) },
  { type: 'audio-stop', data: {} },
  { type: 'detect', data: { names: ['a'] } },
  { type: 'synthesize', data: { text: 'Hello.', voice: { language: 'en' } } },
  { type: 'transcript', data: { text: 'Why?', language: 'en', context: { conversation_id: 'a' } } },
].map(encodeEvent);
const examples = [...events, Buffer.concat(events)];

/** The door by which Home Assistant and its satellites hear and speak. */
export function voiceTargets(): Target[] {
  const broken: unknown[] = [];
  const stream = (heard: (what: never) => void): EarsStream =>
    ({ write() {}, close() {}, finish: () => heard({ kind: 'nothing-said' } as never) }) as unknown as EarsStream;
  let clock = 0;
  const parts = {
    host: '',
    port: 0,
    version: '1',
    // An hour a call: nobody waits for sound that came too early.
    now: () => (clock += 3_600_000),
    log: { error: ({ err }: { err: unknown }) => void broken.push(err) },
    ears: { hears: () => true, state: () => ({}), open: ({ heard }: { heard(what: never): void }) => stream(heard) },
    synthesizer: {
      speaks: () => true,
      state: () => ({}),
      async *speak() {
        yield { sound: new Int16Array(8), rate: 16_000 };
      },
    },
    bias: () => ({ phrases: [] }),
    handle: async () => ({ id: 'a', text: 'So.', understood: true }),
  } as unknown as WyomingParts;
  return [
    {
      name: 'events of the Wyoming protocol',
      costs: 8,
      examples,
      eat(bytes) {
        const read = createEventReader();
        const middle = bytes.length >> 1;
        const all = [...read(bytes.subarray(0, middle)), ...read(bytes.subarray(middle))];
        return all.map((event) => kindOf(event, 1)).join();
      },
    },
    {
      name: 'connections of the Wyoming door',
      costs: 120,
      examples,
      async eat(bytes) {
        const socket = says(bytes);
        serve(socket as never, parts);
        await ended(socket);
        const [first] = broken.splice(0);
        if (first !== undefined) throw first;
        return /"text":"[^"]*|^\{"type":"[\w-]+/.exec(socket.answered?.toString('latin1') ?? '')?.[0].replaceAll('"', '') ?? 'nothing';
      },
    },
  ];
}
