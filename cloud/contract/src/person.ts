import { locale } from '@wayside/protocol';
import { z } from 'zod';
import { turn } from './case.ts';

const ms = z.number().int().nonnegative();

/** The id of a person: the same at every edge they are linked on. */
export const personId = z.string().regex(/^p_[0-9A-Z]{26}$/, 'a person is p_ and 26 characters');

/** What somebody is called. Marks that cannot be seen, or turn the writing round, have no place in a name (Unicode TR36 §2.9). */
export const personName = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]+$/u, 'a name has no invisible or control characters');

/** What somebody is in their household or company. A guest is nobody's role: guests have no profile. */
export const role = z.enum(['owner', 'member', 'child']);
export type Role = z.infer<typeof role>;

const units = z.enum(['metric', 'us']);
const verbosity = z.enum(['short', 'normal', 'full']);
const theme = z.enum(['auto', 'light', 'dark']);

/** How somebody likes to be spoken to. Every field has a default, so that an older profile still opens. */
export const preferences = z.object({
  /** Absent: the language of the screen or the sentence. */
  locale: locale.optional(),
  units: units.default('metric'),
  verbosity: verbosity.default('normal'),
  theme: theme.default('auto'),
});
export type Preferences = z.infer<typeof preferences>;

/** What of it is to be otherwise. What is not named stays; `locale: null` is the language of the screen again. */
export const preferencesChange = z.object({ locale: locale.nullable(), units, verbosity, theme }).partial().strict();
export type PreferencesChange = z.infer<typeof preferencesChange>;

export const preferencesExample: Preferences = { locale: 'zh', units: 'metric', verbosity: 'short', theme: 'dark' };

/**
 * What an edge tells the hub of one of its people, and only with their consent. `shared`: their conversations here may go to their other
 * edges and be seen by a technician; `kept-back`: no longer, and what was told before goes; `erased`: the same, for good.
 */
export const personReport = z.object({
  person: personId,
  state: z.enum(['shared', 'kept-back', 'erased']),
  /** Only with `shared`. */
  name: personName.optional(),
  at: ms,
});
export type PersonReport = z.infer<typeof personReport>;

export const personReportExample: PersonReport = {
  person: 'p_01KAPX2T9D0000000000000000',
  state: 'shared',
  name: 'Ada',
  at: 1_795_341_600_000,
};

/** A piece of a conversation that somebody had at another of their edges: its head, and lines that are new. */
export const historyPiece = z.object({
  person: personId,
  session: z.string().max(80),
  /** The edge it was held at. */
  edge: z.string().max(80),
  /** What it was about, as that edge calls it. */
  about: z.string().max(200).optional(),
  channel: z.string().max(40),
  locale,
  startedAt: ms,
  turns: z.array(turn).max(200),
});
export type HistoryPiece = z.infer<typeof historyPiece>;

export const historyPieceExample: HistoryPiece = {
  person: personReportExample.person,
  session: 's_01KAPX2T9D0000000000000001',
  edge: 'edge_01KAPX2T9D0000000000000002',
  about: 'Family car',
  channel: 'panel',
  locale: 'en',
  startedAt: 1_795_341_600_000,
  turns: [
    {
      id: 't1',
      session: 's_01KAPX2T9D0000000000000001',
      at: 1_795_341_600_000,
      by: 'operator',
      text: 'Why did the warning light come on?',
      citations: [],
    },
  ],
};

/** The conversations of a person that were held at one edge are no longer to be kept at the others. */
export const historyGone = z.object({ person: personId, edge: z.string().max(80) });

/**
 * What this edge erased, said back to it: the conversation or the person. An edge at which it is gone has nothing to do; one that was put back to an
 * image from before has it again, and erases it again. `at`: when, ms by the edge's clock; who came after that is not meant.
 */
export const forget = z.object({ session: z.string().max(80).optional(), person: personId.optional(), at: ms });

/** `POST /v1/sync/people/about`: what the hub holds of a person of this edge that the edge has not told it itself. */
export const aboutAsked = z.object({ person: personId }).strict();
const row = z.record(z.string(), z.unknown());
/** It is given out as it is, to whom it is about: a field that a newer hub has is theirs, too. */
export const knownAtHub = z.looseObject({
  at: ms,
  /** At which edges they let their conversations be seen. */
  places: z.array(z.looseObject({ edge: z.string(), name: z.string(), since: ms })),
  /** What became of what they asked a person for: who, when, what was decided, noted and told to whom. */
  cases: z.array(z.looseObject({ case: z.string(), state: z.string(), openedAt: ms, visits: z.array(row), told: z.array(row) })),
});
export type KnownAtHub = z.infer<typeof knownAtHub>;

/** A one-time code: eight digits, read off one screen and typed at another. */
export const oneTimeCode = z
  .string()
  .transform((text) => text.normalize('NFKC').replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^\d{8}$/, 'a code is eight digits'));

/** `POST /v1/sync/people/offers`: a person of this edge wants to be known at another. */
export const linkOffer = z.object({ person: personId, name: personName }).strict();
export const linkCode = z.object({ code: z.string(), expiresAt: ms });
/** `POST /v1/sync/people/claims`, from the other edge. `until`: epoch ms from which the next code is looked at. */
export const linkClaim = z.object({ code: oneTimeCode }).strict();
export const linked = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('linked'), person: personId, name: personName }),
  z.object({ outcome: z.literal('wrong-code') }),
  z.object({ outcome: z.literal('locked'), until: ms }),
]);
export type Linked = z.infer<typeof linked>;
