import type { Bias, Ears, Synthesizer } from '@wayside/models';
import { type Locale, locales, newId } from '@wayside/protocol';
import type { Answer, SessionEvent, Status } from '../api/types.ts';
import { createRoom } from './room.ts';
import { createVoiceSockets, type VoiceSockets } from './sockets.ts';
import type { Asks } from './speech.ts';
import type { VoiceTurn } from './take-turn.ts';
import type { Voices } from './whose-voice.ts';

export type VoiceParts = {
  ears?: Ears | undefined;
  synthesizer?: Synthesizer | undefined;
  /** Epoch ms, for ids. */
  now: () => number;
  /** Milliseconds, of a clock that only goes forward. */
  monotonic: () => number;
  about(session: string): Promise<{ locale: Locale; person?: string }>;
  voices: Voices;
  bias(locale: Locale): Bias;
  take(session: string, turn: VoiceTurn): Promise<{ turn: string; answer: Answer }>;
  onSession(session: string, listener: (event: SessionEvent) => void): () => void;
};

export type Voice = VoiceSockets & {
  state(): Status['voice'];
};

/** Voice rooms around the sockets of conversations. The same turns as text, in the same conversation: what is said is on the screen too. */
export function createVoice(parts: VoiceParts): Voice {
  const { ears, synthesizer, now, monotonic, voices } = parts;
  const sockets = createVoiceSockets(monotonic, async (session, out) => {
    const { locale, person } = await parts.about(session);
    const own = new Set<string>();
    const room = createRoom({
      ears,
      synthesizer,
      locale,
      bias: () => parts.bias(locale),
      now: monotonic,
      newTurn: () => newId('t', now()),
      voices: {
        learns: person !== undefined && ears?.state().tellsVoices === true && voices.mayLearn(person),
        // Whoever chose their name is who they say.
        anyone: () => person === undefined && voices.anyone(),
        whose: voices.whose,
        learn: (sayings) => voices.learn(person, sayings),
      },
      ...out,
      async take(turn) {
        own.add(`${turn.id}.a`);
        const { answer } = await parts.take(session, turn).finally(() => setImmediate(() => own.delete(`${turn.id}.a`)));
        return { turn: `${turn.id}.a`, text: answer.text, asks: asksOf(answer) };
      },
    });
    const leave = parts.onSession(session, (event) => {
      if (event.event !== 'turn' || own.has(event.data.id)) return;
      const { by, id, text } = event.data;
      if (by === 'agent' || by === 'technician') room.tell({ turn: id, text });
    });
    return {
      ...room,
      close() {
        leave();
        room.close();
      },
    };
  });
  return {
    ...sockets,
    state: () => ({
      hears: locales.filter((locale) => ears?.hears(locale)),
      speaks: locales.filter((locale) => synthesizer?.speaks(locale)),
      learns: ears?.state().tellsVoices === true && voices.mayLearn(),
      ears: ears?.state() ?? { state: 'off' },
      mouth: synthesizer?.state() ?? { state: 'off' },
    }),
  };
}

const asksOf = ({ command, question, choices, step }: Answer): Asks =>
  command?.state === 'proposed' ? 'command' : question || choices || step ? 'question' : 'nothing';
