import { type Bias, type Ears, type EarsStream, type Heard, spelledPhrases } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import { asksForCode } from './asks-for-code.ts';
import type { ListenMode, VoiceEvent } from './messages.ts';
import type { Asks } from './speech.ts';

type ListeningParts = {
  ears: Ears | undefined;
  locale: Locale;
  /** What is likely to be said here. */
  bias: () => Bias;
  /** Is the voice of what is said looked at? */
  tellVoices: () => boolean;
  send(event: VoiceEvent): void;
  heard(what: Heard): void;
};

/** A microphone never stops; when its sound does in mid-sentence, for so long, ms, the line to it is broken. */
const brokenMs = 5_000;

/** A conversation's microphone: how it is listened to now, where it goes back to when nobody has anything to say, and what is likely to be said. */
export function createListening({ ears, locale, bias, tellVoices, send, heard }: ListeningParts) {
  let stream: EarsStream | undefined;
  let mode: ListenMode | 'off' = 'off';
  let rest: 'wake' | 'off' = 'off';
  /** A code or a number was asked for: letters and digits are likelier than what people say here. */
  let spelling = false;
  let broken: NodeJS.Timeout | undefined;

  const biasNow = (): Bias => (spelling ? { phrases: spelledPhrases(locale) } : bias());
  /** Whoever began to speak is waited for only while their sound comes: what came of it is their turn. */
  function watch(what: Heard): void {
    clearTimeout(broken);
    const begun = what.kind === 'speech-started' || what.kind === 'speech-likely';
    broken = begun ? setTimeout(() => stream?.finish(), brokenMs) : undefined;
  }

  const listening = {
    get mode() {
      return mode;
    },
    get spelling() {
      return spelling;
    },
    /** Listens from now on; waiting for the wake word is also what it goes back to. */
    listen(to: ListenMode): void {
      if (to === 'wake') rest = 'wake';
      if (!ears?.hears(locale)) {
        send({ event: 'failed', why: 'no-recognizer' });
        return;
      }
      const anew = mode === 'off';
      mode = to;
      ears.warm();
      stream ??= ears.open({
        locale,
        mode: to,
        bias: biasNow(),
        heard(what) {
          if (what.kind !== 'partial') watch(what);
          heard(what);
        },
      });
      stream.tellVoices(tellVoices());
      stream.listen(to, anew);
      send({ event: 'listening', mode: to });
    },
    /** Our voice is over: as before, to whoever speaks next. */
    again(): void {
      if (mode !== 'off' && mode !== 'held') stream?.listen(mode);
    },
    /** Nobody has anything to say. */
    settle(): void {
      if (rest === 'wake' && mode !== 'wake') listening.listen('wake');
      else if (mode !== 'off' && mode !== 'wake') {
        mode = 'off';
        send({ event: 'idle' });
      }
    },
    /** What the held button was for is said. */
    release(): void {
      if (mode === 'held') mode = 'off';
    },
    finish: () => stream?.finish(),
    hear(sound: Int16Array): void {
      if (mode === 'off') return;
      broken?.refresh();
      stream?.write(sound);
    },
    /** Our own voice begins with these words, or has died away. Whoever listens may speak in between, also where a wake word is needed to begin. */
    ownVoice(text: string | undefined, asks?: Asks): void {
      if (text !== undefined && mode === 'wake') stream?.listen('open');
      stream?.ownVoice(text !== undefined, text, asks === 'question');
    },
    /** Favours what a line asks for. */
    expectAfter(line: string): void {
      const next = asksForCode(line, locale);
      if (next === spelling) return;
      spelling = next;
      stream?.favour(biasNow());
    },
    /** Deaf. */
    close(): void {
      clearTimeout(broken);
      [rest, mode] = ['off', 'off'];
      stream?.close();
      stream = undefined;
    },
  };
  return listening;
}
