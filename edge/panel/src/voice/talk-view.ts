import type { Identifier, VoiceAsk, VoiceEvent, VoiceTrouble } from '../api/types.ts';
import type { NoMicrophone } from './microphone.ts';

/** `lost`: the edge does not answer, or not any more. */
export type Trouble = VoiceTrouble | NoMicrophone | 'lost';
export type TalkState = 'off' | 'opening' | 'waiting' | 'listening' | 'hearing' | 'thinking' | 'speaking';
export type TalkMode = Extract<VoiceAsk, { ask: 'listen' }>['mode'];

/** How the conversation by voice stands, for the screen. `waiting`: for the wake word. */
export type TalkView = {
  state: TalkState;
  /** What has been understood of the sentence so far. */
  partial: string;
  /** The last sentence as it was taken, with what in it is worth checking. */
  heard: { turn: string; text: string; identifiers: readonly Identifier[] } | undefined;
  trouble: { why: Trouble; detail?: string | undefined } | undefined;
  /** What this edge can do by voice in the conversation's language; unknown until it was asked. */
  can: { hears: boolean; wakes: boolean; speaks: boolean; learns: boolean } | undefined;
  /** Whose voice it is, once that was sure. */
  known: Extract<VoiceEvent, { event: 'known' }> | undefined;
  /** How far the sentences are by which somebody wants to be known. */
  lesson: Extract<VoiceEvent, { event: 'voice-lesson' }> | undefined;
  /** Each answer to a spoken turn, by its line, that nobody said aloud here. */
  unspoken: string | undefined;
};

export const nothingYet: TalkView = {
  state: 'off',
  partial: '',
  heard: undefined,
  trouble: undefined,
  can: undefined,
  known: undefined,
  lesson: undefined,
  unspoken: undefined,
};

/** What an event changes on the screen. `resting`: where it stands while nobody speaks. */
export function changeBy(event: VoiceEvent, view: TalkView, resting: TalkState): Partial<TalkView> {
  switch (event.event) {
    case 'ready':
      return { can: { hears: event.hears, wakes: event.wakes, speaks: event.speaks, learns: event.learns } };
    case 'listening':
      return { state: resting, partial: '' };
    case 'woke':
      return { state: 'listening', partial: '' };
    case 'speech-started':
      return { state: 'hearing', partial: '', trouble: undefined };
    case 'partial':
      return { state: 'hearing', partial: event.text };
    case 'heard':
      return { heard: event, partial: '' };
    case 'known':
      return { known: event };
    case 'voice-lesson':
      return { lesson: event, state: resting };
    case 'answered':
      return view.can?.speaks ? {} : { unspoken: event.turn, state: resting };
    case 'speech-ended':
    case 'thinking':
      return { state: 'thinking' };
    case 'speaking':
      return { state: 'speaking' };
    case 'paused':
    case 'resumed':
      return {};
    case 'interrupted':
    case 'spoken':
      return { state: resting };
    case 'idle':
      return { state: 'off', partial: '', lesson: view.lesson?.state === 'known' ? view.lesson : undefined };
    case 'failed':
      return { trouble: { why: event.why, detail: event.detail }, state: resting };
  }
}
