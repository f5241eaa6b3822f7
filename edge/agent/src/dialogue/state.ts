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
  /** A question was put and waits for yes, no or "I don't know". */
  pendingQuestion: z.object({ thing: z.string(), observation: z.string() }).optional(),
  /** Something was offered and waits for yes or no. */
  pendingOffer: z.enum(['person', 'procedure']).optional(),
  /** A command was proposed and waits for yes or no; what it was, to ask anew when it has run out meanwhile. */
  pendingCommand: z.object({ thing: z.string(), name: z.string(), args: z.record(z.string(), value), origin: commandOrigin }).optional(),
  /** An emergency that was told of, and when (epoch ms): until it is over, nothing else is advised. */
  emergency: z.object({ hazard: z.string(), heard: z.string(), at: z.number() }).optional(),
  /** This conversation is in the middle of a procedure. Where in it, belongs to the thing and the person (`repair/progress.ts`). */
  procedure: z.object({ thing: z.string(), id: z.string() }).optional(),
  /** Faults that were spoken of. */
  told: z.array(z.string()).max(50).default([]),
  /** Observations already asked about. */
  asked: z.array(z.string()).max(200).default([]),
  /** Sentences in a row that nobody understood. */
  unmatched: z.number().default(0),
  failedSteps: z.number().default(0),
  /** How often in a row the person came back with what was asked before. */
  repeats: z.number().default(0),
  /** Times the person asked for a person. */
  wishes: z.number().default(0),
  sentiments: z.array(z.number()).max(20).default([]),
  /** What was said lately, to notice repetition. */
  lastTexts: z.array(z.string()).max(10).default([]),
  /** Policy rules that have had their effect; none has it twice in a conversation, so nothing loops. */
  fired: z.array(z.string()).max(50).default([]),
});
export type SessionState = z.infer<typeof sessionState>;

/** A conversation that has just begun. */
export const newState = (speaks: Locale, thing?: string): SessionState =>
  sessionState.parse({ locale: speaks, ...(thing ? { thing } : {}) });
