import { commandOrigin } from '@wayside/contract';
import { type Locale, locale, value } from '@wayside/protocol';
import { z } from 'zod';

/**
 * What a conversation remembers from turn to turn, kept as JSON with the session, so it goes on after a restart and on another channel.
 * Every field has a default: a session stored by an older version still opens.
 */
export const sessionState = z.object({
  locale,
  /** The thing that is being talked about. */
  thing: z.string().optional(),
  turns: z.number().default(0),
  /** Epoch ms of the first turn. */
  since: z.number().optional(),
  /** The answer given last, for "say that again". */
  lastAnswer: z.object({ text: z.string(), rung: z.string() }).optional(),
  /** The signal asked for last, for "no, the rear one". */
  lastSignal: z.string().optional(),
  /** What was wished last of a machine, for "the other one" and "no, the car". */
  lastWish: z.object({ intent: z.string(), slots: z.record(z.string(), z.string()) }).optional(),
  /** What was last asked to be done, and in which turn, for "do that again". */
  lastCommand: z
    .object({
      thing: z.string(),
      name: z.string(),
      args: z.record(z.string(), value),
      turn: z.number(),
      /** Epoch ms. */
      at: z.number().optional(),
      /** It asked for so much more or less. */
      by: z.number().optional(),
    })
    .optional(),
  /** A question was put and waits for yes, no or "I don't know". */
  pendingQuestion: z.object({ thing: z.string(), observation: z.string() }).optional(),
  /** It was asked which of these machines is meant, and what was wished of it. */
  pendingThing: z.object({ things: z.array(z.string()).max(20), said: z.string().max(300) }).optional(),
  /** It was asked which of these signs is meant. */
  pendingSigns: z.array(z.string()).max(10).optional(),
  /** It was asked whether there is danger; and what was said that made it ask. */
  pendingDanger: z.object({ hazard: z.string(), said: z.string().max(300) }).optional(),
  /** Something was offered and waits for yes or no. */
  pendingOffer: z.enum(['person', 'procedure']).optional(),
  /** The person was offered in a question of its own: then a polite yes is one. */
  offerAsked: z.boolean().optional(),
  /** What was wished in one sentence with something that needed an answer first, in order. */
  queue: z.array(z.string().max(300)).max(6).default([]),
  /** A command was proposed and waits for yes or no; what it was, to ask anew when it has run out meanwhile. */
  pendingCommand: z.object({ thing: z.string(), name: z.string(), args: z.record(z.string(), value), origin: commandOrigin }).optional(),
  /** An emergency that was told of, and when (epoch ms): until it is over, nothing else is advised. */
  emergency: z.object({ hazard: z.string(), heard: z.string(), at: z.number() }).optional(),
  /** This conversation is in the middle of a procedure. Where in it, belongs to the thing and the person (`repair/progress.ts`). */
  procedure: z.object({ thing: z.string(), id: z.string() }).optional(),
  /** What stopped a step: what the person said of it, for whoever takes over. */
  halted: z.object({ thing: z.string(), procedure: z.string(), step: z.string(), said: z.string() }).optional(),
  /** Faults that were spoken of. */
  told: z.array(z.string()).max(50).default([]),
  /** Articles that were cited, the newest last. */
  cited: z.array(z.string()).max(10).default([]),
  /** Faults whose advice on what may still be done was said, and when (epoch ms): it is not said again with every sentence. */
  advised: z.record(z.string(), z.number()).default({}),
  /** Observations already asked about. */
  asked: z.array(z.string()).max(200).default([]),
  /** Sentences in a row that nobody understood. */
  unmatched: z.number().default(0),
  failedSteps: z.number().default(0),
  /** How often in a row the person came back with what was asked before. */
  repeats: z.number().default(0),
  /** Times the person asked for a person. */
  wishes: z.number().default(0),
  /** Trouble in the talk itself, fading; about the talk, not about what anybody feels. */
  trouble: z.number().default(0),
  /** What was said lately, to notice repetition, and what was wanted, to notice that it is asked in other words. */
  lastTexts: z.array(z.string()).max(10).default([]),
  lastWants: z.array(z.string()).max(10).default([]),
  /** What the policy remembers of this conversation, so that nothing loops. Rules that look at the mood are not in it (`feelings/mood.ts`). */
  standing: z
    .object({
      spent: z
        .array(z.object({ rule: z.string(), last: z.number() }))
        .max(100)
        .default([]),
      quietUntil: z.number().default(0),
    })
    .prefault({}),
  /** The case this conversation was handed over as. Once it is resolved, what led to it is over. */
  case: z.string().optional(),
  /** What the person agreed to have kept and sent. Without it, how they feel stays in memory and contact details stay here. */
  consents: z.object({ mood: z.boolean().default(false), contact: z.boolean().default(false) }).prefault({}),
});
export type SessionState = z.infer<typeof sessionState>;

/** By what it is remembered that it was asked which of these signs is meant. */
export const signsAsked = (signs: readonly string[]): string => `signs/${[...signs].sort().join(' ')}`;

/** The conversation after its case was resolved: the counts begin anew; what it is about, its language and what was agreed to stay. */
export const startClean = ({ locale: speaks, thing, consents, asked, lastAnswer }: SessionState): SessionState => ({
  ...newState(speaks, thing),
  consents,
  asked,
  ...(lastAnswer ? { lastAnswer } : {}),
});

/** A conversation that has just begun. */
export const newState = (speaks: Locale, thing?: string): SessionState =>
  sessionState.parse({ locale: speaks, ...(thing ? { thing } : {}) });
