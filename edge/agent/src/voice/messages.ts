import { locale } from '@wayside/protocol';
import { z } from 'zod';

/** All that passes a conversation's voice socket as JSON, one object a text frame. Sound passes as binary frames: 16 kHz s16le mono in, s16le mono out. */

/** How to listen: deaf until the wake word, to whoever speaks (tap to talk), or until `finish` (push to talk). */
export const listenMode = z.enum(['wake', 'open', 'held']);
export type ListenMode = z.infer<typeof listenMode>;

export const voiceAsk = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('listen'), mode: listenMode }).strict(),
  /** The button is released, or the person tapped “done”: what was said so far is the turn. */
  z.object({ ask: z.literal('finish') }).strict(),
  /** Be quiet now; listening goes on as it was. */
  z.object({ ask: z.literal('hush') }).strict(),
  /** Be quiet and deaf. */
  z.object({ ask: z.literal('stop') }).strict(),
  /**
   * What is said aloud: answers to what was spoken, or everything that is said to the person, or nothing. Its sound comes as fast as it is `heard`, or,
   * for whoever keeps it and has no loudspeaker, as it is `made`.
   */
  z.object({ ask: z.literal('speak'), what: z.enum(['answers', 'all', 'nothing']), pace: z.enum(['heard', 'made']).optional() }).strict(),
  /** The next sentences are said so that their speaker is known by their voice from then on. */
  z.object({ ask: z.literal('learn-voice') }).strict(),
]);
export type VoiceAsk = z.infer<typeof voiceAsk>;
export const voiceAskExample: VoiceAsk = { ask: 'listen', mode: 'open' };

/** Why something did not work, for the screen to put in words and say what to do. */
export const voiceTrouble = z.enum([
  /** No model that writes down this language is here. */
  'no-recognizer',
  /** The ears broke or hung; the next utterance finds new ones. */
  'ears',
  /** The mouth broke or hung; the answer stands on the screen. */
  'mouth',
  /** The turn was not taken; `detail` says why. */
  'turn',
  /** Sound came faster than anybody speaks, or in frames that are no sound; what was too much was dropped. */
  'flood',
  /** A text frame that is no `VoiceAsk`. */
  'invalid',
  /** Whoever listens takes the sound too slowly; the rest of this answer is only on the screen. */
  'slow',
  /** This conversation goes on by voice elsewhere. */
  'elsewhere',
]);
export type VoiceTrouble = z.infer<typeof voiceTrouble>;

const ms = z.number().nonnegative();
/** Something in what was heard that one letter changes: shown to be checked, and mended by touch. */
export const identifier = z.object({ kind: z.enum(['dtc', 'vin']), text: z.string() });
export type Identifier = z.infer<typeof identifier>;

export const voiceEvent = z.discriminatedUnion('event', [
  /** What can be done by voice in this language, here. */
  z.object({ event: z.literal('ready'), locale, hears: z.boolean(), wakes: z.boolean(), speaks: z.boolean(), learns: z.boolean() }),
  z.object({ event: z.literal('listening'), mode: listenMode }),
  z.object({ event: z.literal('woke'), word: z.string() }),
  z.object({ event: z.literal('speech-started') }),
  z.object({ event: z.literal('speech-ended') }),
  /** What was said so far; a later one replaces it. */
  z.object({ event: z.literal('partial'), text: z.string() }),
  /** The turn as it was taken, under its id. */
  z.object({ event: z.literal('heard'), turn: z.string(), text: z.string(), confidence: z.number(), identifiers: z.array(identifier) }),
  /** Whose voice it is, now that it is sure: the answers are as they like them. It gives no rights. */
  z.object({ event: z.literal('known'), name: z.string(), locale: locale.optional(), units: z.enum(['metric', 'us']) }),
  /** So many of the sentences to be known by were heard. `differs`: they were not of one voice, and all are asked for again. */
  z.object({ event: z.literal('voice-lesson'), heard: z.int(), of: z.int(), state: z.enum(['goes-on', 'known', 'differs']) }),
  z.object({ event: z.literal('thinking') }),
  /** The answer stands in the conversation, as the line `turn`; what is said of it follows. */
  z.object({ event: z.literal('answered'), turn: z.string() }),
  /** A piece of an answer; its sound follows in binary frames. `turn`: the line it says. */
  z.object({ event: z.literal('speaking'), turn: z.string(), text: z.string(), rate: z.int() }),
  /** All of it has been heard by now. */
  z.object({ event: z.literal('spoken'), turn: z.string() }),
  /** Stop playing at once. What was heard of the answer, and what was not. */
  z.object({ event: z.literal('interrupted'), turn: z.string(), said: z.string(), unsaid: z.string() }),
  /** Somebody may be speaking: hold the loudspeaker. `resumed`, if it was only a hum or a cough, or `interrupted` follows. */
  z.object({ event: z.literal('paused'), turn: z.string() }),
  z.object({ event: z.literal('resumed'), turn: z.string() }),
  /** Nobody is listened to. */
  z.object({ event: z.literal('idle') }),
  z.object({ event: z.literal('failed'), why: voiceTrouble, detail: z.string().optional(), retryAfterMs: ms.optional() }),
]);
export type VoiceEvent = z.infer<typeof voiceEvent>;
export const voiceEventExample: VoiceEvent = {
  event: 'heard',
  turn: 't_01KAPX2T9D0000000000000000',
  text: 'What does P0301 mean?',
  confidence: 0.93,
  identifiers: [{ kind: 'dtc', text: 'P0301' }],
};
