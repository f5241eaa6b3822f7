import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Bias,
  createEventReader,
  createResampler,
  type Ears,
  type EarsStream,
  encodeEvent,
  type Heard,
  type Synthesizer,
  soundEvents,
  soundOf,
  toPcm,
  type WyomingEvent,
} from '@wayside/models';
import { type Locale, locales, WaysideError } from '@wayside/protocol';
import { listen } from '../link/broker.ts';
import type { Log } from '../log.ts';

/** Satellites of one house; more is somebody who forgets to hang up. */
const mostConnections = 32;
/** So much sound may come faster than it is said, ms; more waits at its sender. */
const aheadMs = 5_000;
const idleMs = 10 * 60_000;

export type WyomingParts = {
  host: string;
  port: number;
  version: string;
  log: Log;
  now: () => number;
  ears: Ears | undefined;
  synthesizer: Synthesizer | undefined;
  /** What is likely to be said here. */
  bias(locale: Locale): Bias;
  /** Answers a text in a conversation; `id` names it, undefined begins one. Absent answers mean that nothing was understood. */
  handle(text: string, locale: Locale, id: string | undefined): Promise<{ id: string; text: string; understood: boolean }>;
};

/**
 * A Wyoming server, so that Home Assistant and its satellites can hear, speak, wake and be answered by this edge. The protocol knows no passwords: it
 * belongs on loopback, or in a network where everybody may talk to the machine.
 */
export function createWyoming(parts: WyomingParts): { start(): Promise<{ port: number }>; stop(): Promise<void> } {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  return {
    async start() {
      server = createServer((socket) => {
        if (sockets.size >= mostConnections) {
          socket.destroy();
          return;
        }
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
        serve(socket, parts);
      });
      return { port: await listen(server, parts.port, parts.host) };
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => (server ? server.close(() => done()) : done()));
    },
  };
}

/** One connection: events in order, each answered before the next is looked at, so that the sender waits where we do. */
function serve(socket: Socket, parts: WyomingParts): void {
  const read = createEventReader();
  const send = (event: WyomingEvent) => {
    if (socket.writable) socket.write(encodeEvent(event));
  };
  const listener = createListener(parts, send);
  let work = Promise.resolve();
  socket.setTimeout(idleMs, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.on('close', () => listener.close());
  socket.on('data', (bytes) => {
    let events: WyomingEvent[];
    try {
      events = read(bytes);
    } catch (error) {
      send({ type: 'error', data: { text: (error as Error).message, code: 'invalid' } });
      socket.end();
      return;
    }
    socket.pause();
    work = work
      .then(async () => {
        for (const event of events) await answer(event);
      })
      .catch((error: unknown) => {
        const known = error instanceof WaysideError;
        if (!known) parts.log.error({ err: error }, 'a Wyoming request failed');
        send({ type: 'error', data: { text: known ? error.message : 'Something broke here.', code: known ? error.code : 'internal' } });
      })
      .finally(() => socket.resume());
  });

  async function answer(event: WyomingEvent): Promise<void> {
    const { type, data } = event;
    if (type === 'describe') send({ type: 'info', data: infoOf(parts) });
    else if (type === 'ping') send({ type: 'pong', data });
    else if (type === 'synthesize')
      await speak(String(data.text ?? ''), localeOf((data.voice as { language?: unknown } | undefined)?.language));
    else if (type === 'transcript') await handle(String(data.text ?? ''), data);
    else await listener.hear(event);
  }
  async function speak(text: string, locale: Locale): Promise<void> {
    const { synthesizer } = parts;
    if (!synthesizer?.speaks(locale)) throw new WaysideError('model-missing', `No voice for ${locale} is here.`);
    let open = false;
    for await (const { sound, rate } of synthesizer.speak({ text: text.slice(0, 2_000), locale })) {
      const { start, chunks } = soundEvents(sound, rate);
      if (!open) send(start);
      open = true;
      for (const chunk of chunks) send(chunk);
      if (socket.writableNeedDrain) await new Promise((done) => socket.once('drain', done).once('close', done));
      if (!socket.writable) return;
    }
    if (!open) throw new WaysideError('unavailable', 'The voice gave out.');
    send({ type: 'audio-stop', data: {} });
  }
  async function handle(text: string, data: WyomingEvent['data']): Promise<void> {
    const context = data.context as { conversation_id?: unknown } | undefined;
    const before = typeof context?.conversation_id === 'string' ? context.conversation_id : undefined;
    const said = await parts.handle(text, localeOf(data.language), before);
    send({ type: said.understood ? 'handled' : 'not-handled', data: { text: said.text, context: { conversation_id: said.id } } });
  }
}

/** Ears for one connection: what an `asr` or a `wake` client sends, and what comes of it. */
function createListener({ ears, now, bias }: WyomingParts, send: (event: WyomingEvent) => void) {
  let stream: EarsStream | undefined;
  let wanted: { locale: Locale; purpose: 'asr' | 'wake'; terms: string[] } = { locale: 'en', purpose: 'asr', terms: [] };
  let resample: { from: number; to16k: ReturnType<typeof createResampler> } | undefined;
  let [began, fed] = [0, 0];
  let said: string[] = [];
  let over = () => {};

  const close = () => {
    stream?.close();
    stream = undefined;
    resample = undefined;
  };
  function heard(what: Heard): void {
    if (what.kind === 'woke') send({ type: 'detection', data: { name: what.word, timestamp: Math.round(what.atMs) } });
    if (what.kind === 'final' && what.text) said.push(what.text);
    if (what.kind === 'final' || what.kind === 'nothing-said' || what.kind === 'failed') over();
  }
  function open(): void {
    if (!ears) throw new WaysideError('model-missing', 'No ears are here.');
    if (wanted.purpose === 'asr' && !ears.hears(wanted.locale))
      throw new WaysideError('model-missing', `Nothing here writes down ${wanted.locale}.`);
    close();
    [began, fed, said] = [now(), 0, []];
    const [here, mode] = [bias(wanted.locale), wanted.purpose === 'wake' ? ('wake' as const) : ('held' as const)];
    stream = ears.open({ locale: wanted.locale, mode, bias: { ...here, phrases: [...wanted.terms, ...here.phrases] }, heard });
  }
  async function take(event: WyomingEvent): Promise<void> {
    const sound = soundOf(event);
    if (!sound) throw new WaysideError('invalid', 'Sound is 16 bits wide here, of 4 to 192 kHz and at most 8 channels.');
    if (!stream) open();
    if (resample?.from !== sound.rate) resample = { from: sound.rate, to16k: createResampler(sound.rate, 16_000) };
    const samples = sound.rate === 16_000 ? sound.samples : toPcm(resample.to16k(Float32Array.from(sound.samples, (x) => x / 32_768)));
    stream?.write(samples);
    fed += samples.length;
    const early = fed / 16 - (now() - began) - aheadMs;
    if (early > 0) await sleep(early);
  }
  async function finish(): Promise<void> {
    if (!stream) return;
    if (wanted.purpose === 'wake') send({ type: 'not-detected', data: {} });
    else {
      await new Promise<void>((done) => {
        over = done;
        stream?.finish();
        // Ears that hang answer within a while by breaking; a caller need not wait for longer.
        setTimeout(done, 30_000).unref();
      });
      send({ type: 'transcript', data: { text: said.join(' '), language: wanted.locale } });
    }
    close();
  }
  return {
    close,
    async hear(event: WyomingEvent): Promise<void> {
      const { type, data } = event;
      if (type === 'transcribe') wanted = { locale: localeOf(data.language), purpose: 'asr', terms: termsIn(data) };
      else if (type === 'detect') wanted = { locale: 'en', purpose: 'wake', terms: [] };
      else if (type === 'audio-start') open();
      else if (type === 'audio-chunk') await take(event);
      else if (type === 'audio-stop') await finish();
      // What a newer protocol says besides is left aside, as the protocol asks.
    },
  };
}

/** What a client says is likely to be said; it weighs at every utterance, so there is an end to it. */
const termsIn = ({ transcript_names: names, transcript_terms: terms }: WyomingEvent['data']): string[] =>
  [names, terms]
    .flatMap((some): unknown[] => (Array.isArray(some) ? some : []))
    .filter((one): one is string => typeof one === 'string' && one.length <= 200)
    .slice(0, 500);

const localeOf = (language: unknown): Locale =>
  String(language ?? 'en')
    .toLowerCase()
    .startsWith('zh')
    ? 'zh'
    : 'en';

/** What is offered here, as `describe` is answered. */
function infoOf({ ears, synthesizer, version }: WyomingParts): Record<string, unknown> {
  const attribution = { name: 'Wayside', url: '' };
  const artifact = (name: string, description: string) => ({ name, description, attribution, installed: true, version });
  const hears = locales.filter((locale) => ears?.hears(locale));
  const speaks = locales.filter((locale) => synthesizer?.speaks(locale));
  const { recognizer = 'wayside', wakeWord } = ears?.state() ?? {};
  const program = (models: object, on: boolean) => (on ? [{ ...artifact('wayside', 'Wayside'), ...models }] : []);
  return {
    asr: program({ models: [{ ...artifact(recognizer, 'Speech to text'), languages: hears }] }, hears.length > 0),
    tts: program(
      { voices: [{ ...artifact(synthesizer?.state().voice ?? 'wayside', 'Text to speech'), languages: speaks }] },
      speaks.length > 0,
    ),
    handle: program({ models: [{ ...artifact('wayside', 'Support for the machines here'), languages: locales }] }, true),
    wake: program({ models: [{ ...artifact(wakeWord ?? '', 'Wake word'), phrase: wakeWord, languages: ['en'] }] }, wakeWord !== undefined),
  };
}
