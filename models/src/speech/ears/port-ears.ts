import { fileURLToPath } from 'node:url';
import type { Locale } from '@wayside/protocol';
import { type ModelProcess, startModelProcess } from '../../model-process.ts';
import type { Ears } from '../ears.ts';
import type { EarsFiles, FromEars, ToEars } from './ears-messages.ts';
import { createEarsStream, type OpenStream } from './port-ears-stream.ts';

export type EarsOptions = {
  /** What to load, asked for at each cold start, so what is pulled later is found. */
  files: () => EarsFiles;
  /** Milliseconds, of any clock that only goes forward. */
  now: () => number;
  /** News for the log; never an error to handle. */
  onNews?: (news: { kind: 'loaded'; ms: number } | { kind: 'reads'; on: boolean } | { kind: 'ended'; why: string }) => void;
};

const script = fileURLToPath(new URL('./ears-process.ts', import.meta.url));
/** Wait before the second, third, … start in a row that ended badly, in milliseconds. */
const backoffMs = (crashes: number) => Math.min(60_000, 250 * 2 ** crashes);
/** A process that deals with no sound for so long, while it has some, has hung; one that loads, itself or a recognizer, for so long too. */
const [hungMs, hungLoadingMs] = [5000, 60_000];

/**
 * Hearing in a process of its own. If that dies, the utterance it was in is lost and said to be (`failed`), and the next piece of sound starts another:
 * streams live on.
 */
export function createEars({ files, now, onNews }: EarsOptions): Ears {
  let child: ModelProcess<ToEars> | undefined;
  let ready = false;
  let crashes = 0;
  let notBefore = 0;
  let lastSign = 0;
  let reading = 0;
  let why: string | undefined;
  let ids = 0;
  /** Languages that are to be written down soon, until there is a process to tell. */
  const awaited = new Set<Locale>();
  const streams = new Map<number, OpenStream>();

  function hear(message: FromEars): void {
    lastSign = now();
    if (message.did === 'reads') {
      reading += message.on ? 1 : -1;
      onNews?.({ kind: 'reads', on: message.on });
    } else if (message.did === 'load') {
      [ready, why] = [true, undefined];
      onNews?.({ kind: 'loaded', ms: message.ms });
      for (const stream of streams.values()) stream.reopen();
      for (const locale of awaited) send({ do: 'warm', locale });
      awaited.clear();
    } else if (message.did === 'hear') streams.get(message.stream)?.heard(message.heard);
    else if (message.did === 'take') {
      crashes = 0;
      streams.get(message.stream)?.taken(message.samples);
    }
  }
  function start(): void {
    if (child || now() < notBefore) return;
    [lastSign, reading] = [now(), 0];
    const own = startModelProcess<ToEars, FromEars>({
      script,
      args: [JSON.stringify(files())],
      onMessage: (message) => {
        if (child === own) hear(message);
      },
      onEnd: (ended) => {
        if (child !== own) return;
        [child, ready, why] = [undefined, false, ended.why];
        notBefore = now() + backoffMs(crashes++);
        onNews?.({ kind: 'ended', why: ended.why });
        for (const stream of streams.values()) stream.lost('hearing broke and starts again');
      },
    });
    child = own;
  }
  function send(order: ToEars): boolean {
    if (!ready) return false;
    child?.send(order);
    return true;
  }
  /** Sound comes: is there somebody to take it? */
  function look(): void {
    start();
    const busy = [...streams.values()].some(({ ahead }) => ahead);
    // Who had nothing to do was silent, and has not hung.
    if (ready && !busy) lastSign = now();
    const hung = now() - lastSign > (ready && reading === 0 ? hungMs : hungLoadingMs);
    if (hung) child?.kill();
  }

  return {
    hears: (locale) => files().recognizers[locale] !== undefined,
    warm(locale) {
      start();
      if (locale && !send({ do: 'warm', locale })) awaited.add(locale);
    },
    open(request) {
      const id = ++ids;
      const stream = createEarsStream({ id, request, send, onWrite: look, onClose: () => streams.delete(id) });
      streams.set(id, stream);
      start();
      if (ready) stream.reopen();
      return stream;
    },
    state() {
      const { wake, recognizers, speaker } = files();
      const [word, recognizer] = [wake?.words.map((one) => one.word).join(', '), Object.values(recognizers)[0]?.model];
      return {
        state: child === undefined ? 'off' : ready ? 'ready' : 'loading',
        ...(recognizer ? { recognizer } : {}),
        ...(word ? { wakeWord: word } : {}),
        ...(speaker ? { tellsVoices: true as const } : {}),
        behindMs: [...streams.values()].reduce((sum, { behind }) => sum + behind / 16, 0),
        ...(child?.pid === undefined ? {} : { pid: child.pid }),
        ...(why === undefined ? {} : { why }),
      };
    },
    async stop() {
      const closing = child;
      [child, ready, crashes, notBefore] = [undefined, false, 0, 0];
      for (const stream of streams.values()) stream.lost('hearing was stopped');
      await closing?.close();
    },
  };
}
