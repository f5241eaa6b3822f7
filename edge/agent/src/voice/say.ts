import { setTimeout as sleep } from 'node:timers/promises';
import type { SpokenPiece, Synthesizer } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import type { VoiceEvent } from './messages.ts';
import { Playback } from './playback.ts';

/** The longest text a synthesizer takes at once. */
const longest = 2000;
/** So much is sent ahead of the loudspeaker, ms: what is made and then interrupted was made for nothing, and fills somebody's memory. */
const aheadMs = 3_000;
/** How often it looks whether it was held, ms. */
const lookMs = 50;

export type Line = { turn: string; text: string; locale: Locale };
/** `slow`: the listener takes no more. `mute`: the mouth gave no sound at all, or stopped in the middle. */
export type Said = 'spoken' | 'stopped' | 'slow' | 'mute';
export type Saying = Line & {
  done: Promise<Said>;
  /** Ends it now. Nothing more is sent; what was heard until then, and what was not. */
  stop(): { said: string; unsaid: string };
  /** Holds it where it is, and goes on there. */
  pause(): void;
  resume(): void;
};

export type SayTo = {
  synthesizer: Synthesizer;
  /** Milliseconds, of a clock that only goes forward. */
  now: () => number;
  send(event: VoiceEvent): void;
  /** False when whoever listens is too slow to take more. */
  play(sound: Int16Array): boolean;
};

/** Says a line aloud, piece by piece as it is made, and no faster than it is heard where anybody hears it (`paced`). */
export function say(line: Line, to: SayTo, paced: boolean): Saying {
  const over = new AbortController();
  const playback = new Playback(line.text);
  /** Until so much less than this is left to be heard, ms; a pause meanwhile makes it later. */
  async function waitFor(leftMs: number): Promise<void> {
    if (!paced) return;
    for (let ms = playback.until - to.now() - leftMs; ms > 0; ms = playback.until - to.now() - leftMs)
      await sleep(Math.min(ms, lookMs), undefined, { signal: over.signal });
  }

  async function run(): Promise<Said> {
    let sent = '';
    for (const text of portions(line.text))
      for await (const piece of to.synthesizer.speak({ text, locale: line.locale, signal: over.signal })) {
        if (over.signal.aborted) return 'stopped';
        if (!send(piece)) return 'slow';
        sent += piece.text;
        await waitFor(aheadMs);
      }
    await waitFor(0);
    // A mouth that breaks ends early and without an error: then the text is longer than what came of it.
    return words(sent) >= words(line.text) ? 'spoken' : 'mute';
  }
  function send(piece: SpokenPiece): boolean {
    to.send({ event: 'speaking', turn: line.turn, text: piece.text, rate: piece.rate });
    if (!to.play(piece.sound)) return false;
    playback.sent(piece, to.now());
    return true;
  }
  const done = run().catch((): Said => (over.signal.aborted ? 'stopped' : 'mute'));

  return {
    ...line,
    done,
    pause: () => playback.pause(to.now()),
    resume: () => playback.resume(to.now()),
    stop() {
      over.abort();
      return playback.at(to.now());
    },
  };
}

/** How many signs that are said; marks and spaces may be dropped on the way. */
const words = (text: string): number => text.replace(/[^\p{L}\p{N}]/gu, '').length * 0.9;

/** A text in parts that a synthesizer takes, each ending with a sentence where it can. */
function* portions(text: string): Generator<string> {
  let rest = text;
  while (rest.length > longest) {
    const head = rest.slice(0, longest);
    const end = Math.max(...['. ', '! ', '? ', '。', '！', '？', '\n'].map((mark) => head.lastIndexOf(mark) + mark.length));
    yield rest.slice(0, end > longest / 2 ? end : longest);
    rest = rest.slice(end > longest / 2 ? end : longest);
  }
  yield rest;
}
