import type { Synthesizer } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import { type Line, type Saying, type SayTo, say } from './say.ts';

/** What an answer wants next: a yes to a command must have heard what the command does; a question may be answered before its end. */
export type Asks = 'nothing' | 'question' | 'command';

export type SpeechParts = Omit<SayTo, 'synthesizer'> & {
  synthesizer: Synthesizer | undefined;
  locale: Locale;
  /** Our own voice begins with these words, or has died away. */
  ownVoice(saying: string | undefined, asks?: Asks): void;
  /** The line was said, or could not be: the floor is free. */
  over(asks: Asks): void;
};

/** Our own voice hangs in the room a little longer than it is played, ms. */
const echoMs = 250;

/** What is said aloud in a conversation: a line at a time, held, gone on with, or cut short, and then what of it was never heard. */
export function createSpeech({ synthesizer, locale, now, send, play, ownVoice, over }: SpeechParts) {
  const speaks = synthesizer?.speaks(locale) ?? false;
  let saying: (Saying & { asks: Asks }) | undefined;
  let cut: (Line & { asks: Asks; unsaid: string }) | undefined;
  let quiet: NodeJS.Timeout | undefined;
  let paced = true;

  function quieten(): void {
    clearTimeout(quiet);
    quiet = setTimeout(() => ownVoice(undefined), echoMs);
  }
  function speak(line: Line, asks: Asks): void {
    if (!synthesizer || !speaks || line.text.trim() === '') {
      over(asks);
      return;
    }
    clearTimeout(quiet);
    ownVoice(line.text, asks);
    const mine = { ...say(line, { synthesizer, now, send, play }, paced), asks };
    saying = mine;
    void mine.done.then((how) => {
      if (saying !== mine) return;
      saying = undefined;
      quieten();
      send(
        how === 'spoken' || how === 'stopped'
          ? { event: 'spoken', turn: line.turn }
          : { event: 'failed', why: how === 'slow' ? 'slow' : 'mouth' },
      );
      over(asks);
    });
  }
  return {
    speaks,
    speak,
    get saying() {
      return saying;
    },
    /** The line that was cut short and that nobody took the floor from yet. */
    get cut() {
      return cut;
    },
    /** Whether sound comes as fast as it is heard, or as it is made. */
    pace(how: 'heard' | 'made'): void {
      paced = how === 'heard';
    },
    cutShort(): void {
      const mine = saying;
      if (!mine) return;
      saying = undefined;
      const { said, unsaid } = mine.stop();
      quieten();
      send({ event: 'interrupted', turn: mine.turn, said, unsaid });
      if (unsaid) cut = { turn: mine.turn, text: mine.text, locale: mine.locale, asks: mine.asks, unsaid };
    },
    hold(on: boolean): void {
      if (!saying) return;
      if (on) saying.pause();
      else saying.resume();
      send({ event: on ? 'paused' : 'resumed', turn: saying.turn });
    },
    /** Says what was cut off after all. */
    goOn(): void {
      const left = cut;
      cut = undefined;
      if (left) speak({ turn: left.turn, text: left.unsaid, locale: left.locale }, left.asks);
      else over('nothing');
    },
    /** What was cut off is not said any more. */
    drop(): void {
      cut = undefined;
    },
    close(): void {
      clearTimeout(quiet);
      saying?.stop();
      saying = undefined;
    },
  };
}
