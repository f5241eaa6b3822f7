import { fileURLToPath } from 'node:url';
import type { Locale } from '@wayside/protocol';
import { type ModelProcess, startModelProcess } from '../../model-process.ts';
import type { SpeakRequest, SpokenPiece, Synthesizer } from '../synthesizer.ts';
import type { FromMouth, ToMouth, Voice } from './mouth-messages.ts';
import { voiceFor } from './mouth-voices.ts';

export type MouthOptions = {
  /** The voices of this machine, preferred first; asked at each speech, so one that is pulled later is found. See `voicesHere`. */
  voices: () => readonly Voice[];
  /** Why a voice that is here is not used, if so. */
  refused?: () => string | undefined;
  /** Milliseconds, of any clock that only goes forward. */
  now: () => number;
  /** A voice that said nothing for so long ends its process, which holds hundreds of megabytes; the next word begins another. */
  idleMs?: number;
  /** News for the log; never an error to handle. */
  onNews?: (news: { kind: 'loaded'; ms: number } | { kind: 'ended'; why: string }) => void;
};

const script = fileURLToPath(new URL('./mouth-process.ts', import.meta.url));
/** A voice that breaks once is begun anew at once, before the third, fourth, … time there is a wait, in milliseconds. */
const backoffMs = (ends: number) => (ends < 2 ? 0 : Math.min(60_000, 500 * 2 ** (ends - 2)));
/** Pieces made before they are taken: enough that a slow one is not heard as a gap. */
const ahead = 2;
const mostText = 2000;
/** As many speeches at once; with more, somebody asks faster than anybody can listen. */
const mostSpeeches = 16;
/** A piece takes a second or two, many times that where much else goes on; a voice that brought none in this time has hung. */
const hungMs = 60_000;

type Speech = { pieces: SpokenPiece[]; over: boolean; wake: () => void };

/**
 * Local voices behind the Synthesizer port, in a process of their own. If it dies, speeches end early and the next one starts another. Each language has
 * its voice; a language without one says so by `speaks`.
 */
export function createMouth({ voices, refused, now, idleMs = 600_000, onNews }: MouthOptions): Synthesizer {
  let child: ModelProcess<ToMouth> | undefined;
  let ready = false;
  let why: string | undefined;
  let ends = 0;
  let notBefore = 0;
  let orders = 0;
  let resting: NodeJS.Timeout | undefined;
  const speeches = new Map<number, Speech>();

  const voiceOf = (locale: Locale) => voiceFor(voices(), locale);

  function hear(message: FromMouth): void {
    if (message.did === 'load') onNews?.({ kind: 'loaded', ms: message.ms });
    if (message.did === 'fail') why = message.why;
    const speech = 'id' in message ? speeches.get(message.id) : undefined;
    if (!speech) return;
    if (message.did === 'piece') {
      [ends, why] = [0, undefined];
      speech.pieces.push({ sound: message.sound, rate: message.rate, text: message.text });
    } else if (message.did === 'end') {
      speech.over = true;
      if (message.why !== undefined) why = message.why;
    }
    speech.wake();
  }

  function ended(reason: string): void {
    [child, ready, why] = [undefined, false, reason];
    notBefore = now() + backoffMs(++ends);
    for (const speech of speeches.values()) {
      speech.over = true;
      speech.wake();
    }
    onNews?.({ kind: 'ended', why: reason });
  }

  /** Ends the process once nobody wants it for a while. */
  function rest(): void {
    clearTimeout(resting);
    if (!child || speeches.size > 0) return;
    resting = setTimeout(() => {
      void child?.close();
      [child, ready] = [undefined, false];
    }, idleMs).unref();
  }

  function started(): ModelProcess<ToMouth> | undefined {
    if (child || now() < notBefore) return child;
    const own = startModelProcess<ToMouth, FromMouth>({
      script,
      args: [],
      onMessage: (message) => {
        if (child !== own) return;
        if (message.did === 'load') ready = true;
        hear(message);
      },
      onEnd: (end) => {
        if (child === own) ended(end.why);
      },
    });
    child = own;
    return own;
  }

  /** Waits for news of a speech; false when there was none for so long that the process must have hung. */
  async function news(speech: Speech): Promise<boolean> {
    const told = Promise.withResolvers<boolean>();
    speech.wake = () => told.resolve(true);
    const timer = setTimeout(() => told.resolve(false), hungMs);
    const came = await told.promise;
    clearTimeout(timer);
    return came;
  }

  async function* speak({ text, locale, names = {}, signal }: SpeakRequest): AsyncGenerator<SpokenPiece> {
    const voice = voiceOf(locale);
    if (!voice || signal?.aborted || speeches.size >= mostSpeeches) return;
    const process = started();
    if (!process) return;
    const id = ++orders;
    const speech: Speech = { pieces: [], over: false, wake: () => {} };
    speeches.set(id, speech);
    clearTimeout(resting);
    const stop = () => {
      [speech.over, speech.pieces] = [true, []];
      speech.wake();
    };
    signal?.addEventListener('abort', stop, { once: true });
    process.send({ do: 'speak', id, text: text.slice(0, mostText), locale, names, voice, pieces: ahead });
    try {
      for (;;) {
        const piece = speech.pieces.shift();
        if (piece) {
          process.send({ do: 'more', id });
          yield piece;
        } else if (speech.over) return;
        else if (!(await news(speech))) process.kill();
      }
    } finally {
      signal?.removeEventListener('abort', stop);
      speeches.delete(id);
      if (child === process) process.send({ do: 'stop', id });
      rest();
    }
  }

  return {
    speaks: (locale) => voiceOf(locale) !== undefined,
    warm(locale) {
      const voice = voiceOf(locale);
      if (!voice) return;
      started()?.send({ do: 'warm', voice });
      rest();
    },
    speak,
    state() {
      const [voice] = voices();
      const told = why ?? refused?.();
      return {
        state: child === undefined ? 'off' : ready ? 'ready' : 'loading',
        ...(voice ? { voice: voice.id } : {}),
        ...(child?.pid === undefined ? {} : { pid: child.pid }),
        ...(told === undefined ? {} : { why: told }),
      };
    },
    async stop() {
      clearTimeout(resting);
      const closing = child;
      [child, ready, why, ends, notBefore] = [undefined, false, undefined, 0, 0];
      for (const speech of speeches.values()) {
        speech.over = true;
        speech.wake();
      }
      await closing?.close();
    },
  };
}
