import { personName, preferencesChange, role } from '@wayside/contract';
import { id, locale, value } from '@wayside/protocol';
import { z } from 'zod';
import type { SiteEventName } from './types.ts';

/** What is asked at the edge's HTTP door, as it is checked there. */

/** Four to eight digits, as a phone or a till takes them. */
export const pinDigits = z.string().regex(/^\d{4,8}$/, 'a PIN is four to eight digits');

export const newSession = z
  .object({
    channel: z.enum(['panel', 'voice', 'text', 'phone', 'cli', 'api']),
    locale: locale.optional(),
    person: z.string().min(1).max(120).optional(),
    thing: z.string().max(64).optional(),
  })
  .strict();

export const newTurn = z
  .object({
    text: z.string().trim().min(1).max(2000),
    /** The same id twice is one turn: a retry is safe. */ id: z.string().max(64).optional(),
    /** It was said while an answer was still being given. */
    interrupts: z.boolean().optional(),
  })
  .strict();

export const newPerson = z
  .object({
    name: personName,
    role: role.default('member'),
    pin: pinDigits.optional(),
    preferences: preferencesChange.optional(),
  })
  .strict();
export const personChange = z
  .object({
    name: personName.optional(),
    role: role.optional(),
    /** `null` takes it away. */
    pin: pinDigits.nullable().optional(),
    preferences: preferencesChange.optional(),
    shares: z.boolean().optional(),
    /** Their voice is forgotten. */
    voice: z.null().optional(),
  })
  .strict();

/** `no`: they would rather not say; then nothing leaves here. */
export const newRating = z.object({ rating: z.enum(['good', 'bad', 'no']) }).strict();

/** What the person agrees to: that how they feel is kept and told a technician; that ways to reach them may leave the edge. */
export const consents = z.object({ mood: z.boolean(), contact: z.boolean() });
export const newConsents = consents.partial().strict();

/** `session`: where a command of it is proposed and agreed to. */
export const recommendationAnswer = z
  .object({ answer: z.enum(['done', 'later', 'no', 'undo']), session: z.string().max(80).optional() })
  .strict();

export const newCommand = z.object({ action: id, args: z.record(id, value).default({}), thing: z.string().max(64).optional() }).strict();

/** The events of the site by name, as a listener chooses among them. */
export const siteEventName = z.enum([
  'faults',
  'things',
  'readings',
  'status',
  'repair',
  'advice',
  'recommendations',
  'visits',
]) satisfies z.ZodType<SiteEventName>;
