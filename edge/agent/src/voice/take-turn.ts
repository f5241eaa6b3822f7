import type { Heard } from '@wayside/models';
import { writeCodes } from '../dialogue/grammar/spoken-code.ts';
import { codeSpelled } from './asks-for-code.ts';
import { identifiersIn } from './identifiers.ts';
import type { createListening } from './listening.ts';
import type { VoiceEvent } from './messages.ts';
import type { Asks, createSpeech } from './speech.ts';
import type { Known } from './whose-voice.ts';

/** What was being said when the person began to speak, and how much of it they never heard. */
export type Cut = { turn: string; unsaid: string };
/** A turn by voice. `cut`: it interrupted that answer. `sounds`: whose voice it is, as far as that is sure. */
export type VoiceTurn = { id: string; text: string; confidence: number; cut?: Cut; sounds?: string };
export type VoiceAnswer = { turn: string; text: string; asks: Asks };
/** Who is known by their voice here. */
export type RoomVoices = {
  learns: boolean;
  anyone(): boolean;
  whose(voice: Float32Array): Known | undefined;
  learn(sayings: readonly Float32Array[]): Promise<boolean>;
};
export type TurnParts = {
  newTurn: () => string;
  voices: RoomVoices;
  /** @throws WaysideError when the turn is not taken */
  take(turn: VoiceTurn): Promise<VoiceAnswer>;
  send(event: VoiceEvent): void;
};
export type Final = Extract<Heard, { kind: 'final' }>;

/** Makes a turn of what was heard: codes as they are written, whose voice it is, what answer it interrupted; and waits for the answer. */
export function createTurnTaking(
  { newTurn, voices, take, send }: TurnParts,
  listening: ReturnType<typeof createListening>,
  speech: ReturnType<typeof createSpeech>,
) {
  let newest = 0;
  let waiting = 0;
  let known: Known | undefined;

  /** Whoever is not known for sure changes nothing. */
  function recognise(voice: Float32Array | undefined): void {
    const who = voice && voices.whose(voice);
    if (!who || who.person === known?.person) return;
    known = who;
    send({ event: 'known', name: who.name, units: who.units, ...(who.locale ? { locale: who.locale } : {}) });
  }
  return {
    /** Is an answer on its way? */
    get thinking() {
      return waiting > 0;
    },
    /** Somebody else has the floor: an answer that is on its way is not said. */
    overtake(): void {
      newest++;
    },
    async take({ text: said, confidence, voice }: Final): Promise<{ answer: VoiceAnswer | Error; overtaken: boolean }> {
      const mine = ++newest;
      recognise(voice);
      const { text } = writeCodes((listening.spelling && codeSpelled(said)) || said);
      const id = newTurn();
      const cut = speech.cut && { turn: speech.cut.turn, unsaid: speech.cut.unsaid };
      speech.drop();
      listening.release();
      send({ event: 'heard', turn: id, text, confidence, identifiers: identifiersIn(text) });
      send({ event: 'thinking' });
      waiting++;
      const turn = { id, text, confidence, ...(cut ? { cut } : {}), ...(known ? { sounds: known.person } : {}) };
      const answer = await take(turn).catch((error: Error) => error);
      waiting--;
      return { answer, overtaken: mine !== newest };
    },
  };
}
