import type { Bias, Ears, EarsStream, Heard, Synthesizer } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import { writeCodes } from '../dialogue/spoken-code.ts';
import { isBackChannel } from './back-channel.ts';
import { identifiersIn } from './identifiers.ts';
import type { ListenMode, VoiceAsk, VoiceEvent } from './messages.ts';
import { type Line, type Saying, say } from './say.ts';

/** What was being said when the person began to speak, and how much of it they never heard. */
export type Cut = { turn: string; unsaid: string };
/** A turn by voice. `cut`: it interrupted that answer. */
export type VoiceTurn = { id: string; text: string; confidence: number; cut?: Cut };
/** What an answer wants next: a yes to a command must have heard what the command does; a question may be answered before its end. */
export type Asks = 'nothing' | 'question' | 'command';

export type RoomParts = {
  ears: Ears | undefined;
  synthesizer: Synthesizer | undefined;
  locale: Locale;
  bias: () => Bias;
  /** Milliseconds, of a clock that only goes forward. */
  now: () => number;
  newTurn: () => string;
  /** @throws WaysideError when the turn is not taken */
  take(turn: VoiceTurn): Promise<{ turn: string; text: string; asks: Asks }>;
  send(event: VoiceEvent): void;
  /** False when whoever listens is too slow to take more. */
  play(sound: Int16Array): boolean;
};

export type Room = {
  ask(ask: VoiceAsk): void;
  hear(sound: Int16Array): void;
  /** Something was said to the person that no voice asked for: a technician's reply, an answer to what was typed. */
  tell(line: { turn: string; text: string }): void;
  close(): void;
};

/** Our own voice hangs in the room a little longer than it is played, ms. */
const echoMs = 250;
/** So many lines may wait to be said; older ones are only on the screen then. */
const mostQueued = 3;

/**
 * One conversation by voice: microphone → ears → turn → answer → mouth, and who has the floor. The person always may take it: while they
 * speak nothing is said, and what they did not hear is known. Whoever only hums along gets the rest of the answer.
 */
export function createRoom(parts: RoomParts): Room {
  const { ears, synthesizer, locale, now, send } = parts;
  const speaks = synthesizer?.speaks(locale) ?? false;
  let stream: EarsStream | undefined;
  let mode: ListenMode | 'off' = 'off';
  /** Where to go back to when nobody has anything to say. */
  let rest: 'wake' | 'off' = 'off';
  let aloud: Extract<VoiceAsk, { ask: 'speak' }>['what'] = 'answers';
  let saying: (Saying & { asks: Asks }) | undefined;
  let cut: (Line & { asks: Asks; unsaid: string }) | undefined;
  let hearing = false;
  let newest = 0;
  let thinking = 0;
  let closed = false;
  let quiet: NodeJS.Timeout | undefined;
  const queue: Line[] = [];

  function listen(to: ListenMode): void {
    if (ears?.hears(locale)) {
      mode = to;
      ears.warm();
      stream ??= ears.open({ locale, mode: to, bias: parts.bias(), heard });
      stream.listen(to);
      send({ event: 'listening', mode: to });
    } else send({ event: 'failed', why: 'no-recognizer' });
  }
  function settle(): void {
    if (rest === 'wake' && mode !== 'wake') listen('wake');
    else if (mode !== 'off' && mode !== 'wake') {
      mode = 'off';
      send({ event: 'idle' });
    }
  }

  function ownVoice(on: boolean, text?: string): void {
    clearTimeout(quiet);
    if (on) stream?.ownVoice(true, text);
    else quiet = setTimeout(() => stream?.ownVoice(false), echoMs);
  }
  function speak(line: Line, asks: Asks): void {
    if (closed) return;
    if (!synthesizer || !speaks || line.text.trim() === '') {
      after(asks);
      return;
    }
    // Whoever listens may speak in between, also where a wake word is needed to begin.
    if (mode === 'wake') stream?.listen('open');
    ownVoice(true, line.text);
    const mine = { ...say(line, { synthesizer, now, send, play: parts.play }), asks };
    saying = mine;
    void mine.done.then((how) => {
      if (saying !== mine) return;
      saying = undefined;
      ownVoice(false);
      send(
        how === 'spoken' || how === 'stopped'
          ? { event: 'spoken', turn: line.turn }
          : { event: 'failed', why: how === 'slow' ? 'slow' : 'mouth' },
      );
      after(asks);
    });
  }
  /** The floor is free. */
  function after(asks: Asks): void {
    if (closed || hearing || thinking > 0) return;
    const line = queue.shift();
    if (line) speak(line, 'nothing');
    else if (asks !== 'nothing' && mode !== 'off') listen('open');
    else if (mode !== 'off' && mode !== 'held') stream?.listen(mode);
  }
  function cutShort(): void {
    const mine = saying;
    if (!mine) return;
    saying = undefined;
    const { said, unsaid } = mine.stop();
    ownVoice(false);
    send({ event: 'interrupted', turn: mine.turn, said, unsaid });
    if (unsaid) cut = { turn: mine.turn, text: mine.text, locale: mine.locale, asks: mine.asks, unsaid };
  }
  function hold(on: boolean): void {
    if (!saying) return;
    if (on) saying.pause();
    else saying.resume();
    send({ event: on ? 'paused' : 'resumed', turn: saying.turn });
  }
  function goOn(): void {
    const left = cut;
    cut = undefined;
    if (left) speak({ turn: left.turn, text: left.unsaid, locale: left.locale }, left.asks);
    else after('nothing');
  }

  async function take(said: string, confidence: number): Promise<void> {
    const mine = ++newest;
    const { text } = writeCodes(said);
    const id = parts.newTurn();
    const missed = cut && { turn: cut.turn, unsaid: cut.unsaid };
    cut = undefined;
    if (mode === 'held') mode = 'off';
    send({ event: 'heard', turn: id, text, confidence, identifiers: identifiersIn(text) });
    send({ event: 'thinking' });
    thinking++;
    const answer = await parts.take({ id, text, confidence, ...(missed ? { cut: missed } : {}) }).catch((error: Error) => error);
    thinking--;
    if (closed) return;
    if (answer instanceof Error) {
      send({ event: 'failed', why: 'turn', detail: answer.message });
      after('nothing');
      return;
    }
    send({ event: 'answered', turn: answer.turn });
    // Somebody went on speaking meanwhile: this answer stands on the screen, and the newer one is said.
    if (mine !== newest || hearing) return;
    if (aloud === 'nothing') after(answer.asks);
    else speak({ turn: answer.turn, text: answer.text, locale }, answer.asks);
  }

  function heard(what: Heard): void {
    if (closed) return;
    if (what.kind === 'partial') send({ event: 'partial', text: what.text });
    else if (what.kind === 'speech-likely') hold(true);
    else if (what.kind === 'back-channel') hold(false);
    else if (what.kind === 'speech-ended') send({ event: 'speech-ended' });
    else if (what.kind === 'woke') {
      send({ event: 'woke', word: what.word });
      // By its name it was asked to listen: the rest of the answer is not wanted any more.
      cutShort();
    } else if (what.kind === 'speech-started') {
      hearing = true;
      send({ event: 'speech-started' });
      cutShort();
    } else {
      hearing = false;
      if (what.kind === 'failed') send({ event: 'failed', why: 'ears', detail: what.why });
      if (what.kind === 'final' && !isHum(what.text)) {
        cutShort();
        void take(what.text, what.confidence);
      } else if (!saying) nothing();
    }
  }
  /** It asks for nothing: silence, or a hum beside what is being said. */
  function isHum(text: string): boolean {
    const over = saying ?? cut;
    return text.trim() === '' || (over !== undefined && isBackChannel(text, locale, over.asks === 'question'));
  }
  /** Nobody wanted the floor. */
  function nothing(): void {
    if (cut) {
      if (mode === 'held') mode = 'off';
      goOn();
    } else if (thinking === 0) settle();
  }
  function hush(): void {
    cutShort();
    cut = undefined;
    queue.length = 0;
  }
  function stop(): void {
    hush();
    rest = 'off';
    mode = 'off';
    hearing = false;
    stream?.close();
    stream = undefined;
    send({ event: 'idle' });
  }

  ears?.warm();
  synthesizer?.warm(locale);
  send({ event: 'ready', locale, hears: ears?.hears(locale) ?? false, wakes: ears?.state().wakeWord !== undefined, speaks });

  return {
    ask(ask) {
      if (ask.ask === 'finish') stream?.finish();
      else if (ask.ask === 'stop') stop();
      else if (ask.ask === 'hush') hush();
      else if (ask.ask === 'speak') {
        aloud = ask.what;
        if (aloud === 'nothing') hush();
      } else {
        if (ask.mode === 'wake') rest = 'wake';
        else cutShort();
        listen(ask.mode);
      }
    },
    hear(sound) {
      if (mode !== 'off') stream?.write(sound);
    },
    tell({ turn, text }) {
      if (aloud === 'nothing' || (aloud === 'answers' && mode === 'off' && !saying)) return;
      queue.push({ turn, text, locale });
      if (queue.length > mostQueued) queue.shift();
      if (!saying && !cut) after('nothing');
    },
    close() {
      closed = true;
      clearTimeout(quiet);
      saying?.stop();
      saying = undefined;
      queue.length = 0;
      stream?.close();
    },
  };
}
