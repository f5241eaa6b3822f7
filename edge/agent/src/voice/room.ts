import { type Bias, type Ears, type Heard, isBackChannel, isHush } from '@wayside/models';
import { createListening } from './listening.ts';
import type { VoiceAsk } from './messages.ts';
import type { Line } from './say.ts';
import { type Asks, createSpeech, type SpeechParts } from './speech.ts';
import { createTurnTaking, type Final, type TurnParts } from './take-turn.ts';
import { createVoiceLesson } from './voice-lesson.ts';

export type RoomParts = Omit<SpeechParts, 'ownVoice' | 'over'> &
  TurnParts & {
    ears: Ears | undefined;
    bias: () => Bias;
  };

export type Room = {
  ask(ask: VoiceAsk): void;
  hear(sound: Int16Array): void;
  /** Something was said to the person that no voice asked for: a technician's reply, an answer to what was typed. */
  tell(line: { turn: string; text: string }): void;
  close(): void;
};

/** So many lines may wait to be said; older ones are only on the screen then. */
const mostQueued = 3;

/**
 * One conversation by voice: microphone → ears → turn → answer → mouth, and who has the floor. The person always may take it: while they
 * speak nothing is said, and what they did not hear is known. Whoever only hums along gets the rest of the answer.
 */
export function createRoom(parts: RoomParts): Room {
  const { ears, synthesizer, locale, bias, send, voices } = parts;
  let aloud: Extract<VoiceAsk, { ask: 'speak' }>['what'] = 'answers';
  let hearing = false;
  let closed = false;
  const queue: Line[] = [];
  const lesson = createVoiceLesson(send, voices.learn);
  const listening = createListening({ ears, locale, bias, tellVoices: () => lesson.open || voices.anyone(), send, heard });
  const speech = createSpeech({ ...parts, ownVoice: listening.ownVoice, over: after });
  const turns = createTurnTaking(parts, listening, speech);

  function speak(line: Line, asks: Asks): void {
    if (closed) return;
    listening.expectAfter(line.text);
    speech.speak(line, asks);
  }
  /** The floor is free. */
  function after(asks: Asks): void {
    if (closed || hearing || turns.thinking) return;
    const line = queue.shift();
    if (line) speak(line, 'nothing');
    else if (asks !== 'nothing' && listening.mode !== 'off') listening.listen('open');
    else listening.again();
  }
  async function take(said: Final): Promise<void> {
    const { answer, overtaken } = await turns.take(said);
    if (closed) return;
    if (answer instanceof Error) {
      send({ event: 'failed', why: 'turn', detail: answer.message });
      after('nothing');
      return;
    }
    send({ event: 'answered', turn: answer.turn });
    // Somebody took the floor meanwhile: this answer stands on the screen, and the newer one is said.
    if (overtaken || hearing) return;
    if (aloud === 'nothing') {
      listening.expectAfter(answer.text);
      after(answer.asks);
    } else speak({ turn: answer.turn, text: answer.text, locale }, answer.asks);
  }

  function heard(what: Heard): void {
    if (closed) return;
    if (what.kind === 'partial') send({ event: 'partial', text: what.text });
    else if (what.kind === 'speech-likely') speech.hold(true);
    else if (what.kind === 'back-channel') speech.hold(false);
    else if (what.kind === 'speech-ended') send({ event: 'speech-ended' });
    else if (what.kind === 'failed' && what.kept) send({ event: 'failed', why: 'ears', detail: what.why });
    else if (what.kind === 'woke') {
      send({ event: 'woke', word: what.word });
      // By its name it was asked to listen: the rest of the answer is not wanted any more.
      speech.cutShort();
    } else if (what.kind === 'speech-started') {
      hearing = true;
      send({ event: 'speech-started' });
      speech.cutShort();
    } else {
      hearing = false;
      if (what.kind === 'failed') send({ event: 'failed', why: 'ears', detail: what.why });
      if (what.kind === 'final' && lesson.open) void lesson.take(what.voice).then(() => (lesson.open ? listening.again() : stop()));
      else if (what.kind === 'final') follow(what);
      else if (!speech.saying) nothing();
    }
  }
  /** Does what somebody wants who said this. */
  function follow(said: Final): void {
    const over = speech.saying ?? speech.cut;
    // Silence, or a hum beside what is being said.
    if (said.text.trim() === '' || (over && isBackChannel(said.text, over.asks === 'question'))) {
      if (!speech.saying) nothing();
      // Of a proposal "stop" is a refusal, and as such a turn.
    } else if (over && over.asks !== 'command' && isHush(said.text)) quieten(over.asks);
    else {
      speech.cutShort();
      void take(said);
    }
  }
  /** They want no more of it aloud, and nothing else: it is no turn. */
  function quieten(asks: Asks): void {
    hush();
    listening.release();
    if (listening.mode === 'off') send({ event: 'idle' });
    else listening.listen(asks === 'question' ? 'open' : listening.mode);
  }
  /** Nobody wanted the floor. */
  function nothing(): void {
    if (speech.cut) {
      listening.release();
      speech.goOn();
    } else if (!turns.thinking) listening.settle();
  }
  /** Somebody touched the microphone: what is said, or would be in a moment, stands on the screen. */
  function takeFloor(): void {
    turns.overtake();
    speech.cutShort();
  }
  function hush(): void {
    speech.cutShort();
    speech.drop();
    queue.length = 0;
  }
  function stop(): void {
    hush();
    lesson.end();
    hearing = false;
    listening.close();
    send({ event: 'idle' });
  }

  ears?.warm(locale);
  synthesizer?.warm(locale);
  send({
    event: 'ready',
    locale,
    hears: ears?.hears(locale) ?? false,
    wakes: ears?.state().wakeWord !== undefined,
    speaks: speech.speaks,
    learns: voices.learns,
  });

  return {
    ask(ask) {
      if (ask.ask === 'finish') listening.finish();
      else if (ask.ask === 'stop') stop();
      else if (ask.ask === 'hush') hush();
      else if (ask.ask === 'speak') {
        aloud = ask.what;
        if (ask.pace) speech.pace(ask.pace);
        if (aloud === 'nothing') hush();
      } else {
        if (ask.ask === 'learn-voice') lesson.begin();
        const mode = ask.ask === 'listen' ? ask.mode : 'open';
        if (mode !== 'wake') takeFloor();
        listening.listen(mode);
      }
    },
    hear: listening.hear,
    tell({ turn, text }) {
      if (aloud === 'nothing' || (aloud === 'answers' && listening.mode === 'off' && !speech.saying)) return;
      queue.push({ turn, text, locale });
      if (queue.length > mostQueued) queue.shift();
      if (!speech.saying && !speech.cut) after('nothing');
    },
    close() {
      closed = true;
      speech.close();
      queue.length = 0;
      listening.close();
    },
  };
}
