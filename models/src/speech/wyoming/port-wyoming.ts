import { connect, type Socket } from 'node:net';
import { type Locale, WaysideError } from '@wayside/protocol';
import { type SpokenText, spokenPieces } from '../recognize/spoken-pieces.ts';
import type { Recognizer } from '../recognizer.ts';
import { toPcm } from '../resample.ts';
import type { SpokenPiece, Synthesizer, SynthesizerState } from '../synthesizer.ts';
import { createEventReader, encodeEvent, soundEvents, soundOf, type WyomingEvent } from './wyoming-frame.ts';

/** A server that brings nothing in this time has hung, ms. */
const patienceMs = 20_000;
/** Of what is likely to be said, so much goes along with each request; a server may put it into a prompt, which is short. */
const mostTerms = 200;

/** A connection to a Wyoming server: events one by one, until it ends. */
async function* conversation(url: string, asks: readonly WyomingEvent[], signal?: AbortSignal): AsyncGenerator<WyomingEvent> {
  const { hostname, port, protocol } = new URL(url);
  if (protocol !== 'tcp:' || port === '') throw new WaysideError('invalid', `${url} names no Wyoming server: write it tcp://host:port.`);
  const socket: Socket = connect({ host: hostname, port: Number(port) });
  const read = createEventReader();
  const leave = () => socket.destroy();
  signal?.addEventListener('abort', leave);
  socket.setTimeout(patienceMs, () => socket.destroy(new Error('it said nothing for too long')));
  try {
    for (const ask of asks) socket.write(encodeEvent(ask));
    for await (const bytes of socket) yield* read(bytes as Buffer);
  } catch (cause) {
    if (!signal?.aborted)
      throw new WaysideError('unavailable', `The Wyoming server ${url} cannot be used: ${(cause as Error).message}.`, { cause });
  } finally {
    signal?.removeEventListener('abort', leave);
    socket.destroy();
  }
}

/** A recognizer that lives elsewhere: any Wyoming `asr` server, by its address (`tcp://host:port`). It tells no confidence; what it wrote is taken as sure. */
export function recognizeByWyoming(url: string, locale: Locale): Recognizer {
  let favoured: { transcript_names?: readonly string[]; transcript_terms?: readonly string[] } = {};
  return {
    model: url,
    languages: [locale],
    favour({ names = [], phrases }) {
      favoured = phrases.length === 0 ? {} : { transcript_names: names, transcript_terms: phrases.slice(0, mostTerms) };
    },
    async transcribe(speech) {
      const { start, chunks, stop } = soundEvents(toPcm(speech), 16_000);
      for await (const { type, data } of conversation(url, [
        { type: 'transcribe', data: { language: locale, ...favoured } },
        start,
        ...chunks,
        stop,
      ]))
        if (type === 'transcript') return { text: String(data.text ?? '').trim(), confidence: 1 };
      throw new WaysideError('unavailable', `The Wyoming server ${url} ended without a transcript.`);
    },
  };
}

/** A voice that lives elsewhere: any Wyoming `tts` server, by its address. A sentence, or a part of a long one, is asked for at a time, so that it can be stopped between them. */
export function createWyomingMouth(url: string, languages: readonly Locale[]): Synthesizer {
  let state: SynthesizerState = { state: 'off', voice: url };
  async function* sentence({ text, spoken }: SpokenText, locale: Locale, signal?: AbortSignal): AsyncGenerator<SpokenPiece> {
    const parts: Int16Array[] = [];
    let rate = 0;
    for await (const event of conversation(url, [{ type: 'synthesize', data: { text: spoken, voice: { language: locale } } }], signal)) {
      const sound = event.type === 'audio-chunk' ? soundOf(event) : undefined;
      if (sound) {
        parts.push(sound.samples);
        rate = sound.rate;
      }
      if (event.type === 'audio-stop') break;
    }
    if (rate > 0 && !signal?.aborted) yield { text, rate, sound: Int16Array.from(parts.flatMap((part) => [...part])) };
  }
  return {
    speaks: (locale) => languages.includes(locale),
    warm() {},
    async *speak({ text, locale, names, signal }) {
      try {
        for (const one of spokenPieces({ text, locale, ...(names ? { names } : {}) })) {
          if (signal?.aborted) return;
          yield* sentence(one, locale, signal);
          state = { state: 'ready', voice: url };
        }
      } catch (error) {
        // As with a voice that breaks: the speech ends early, and the state says why.
        state = { state: 'off', voice: url, why: (error as Error).message };
      }
    },
    state: () => state,
    stop: async () => {},
  };
}
