import { answerPart } from '@wayside/contract';
import { id, locale, localized } from '@wayside/protocol';
import { z } from 'zod';

/** What passes between a person's phone and the hub, about their own case. */

export const customerLink = z.object({ link: z.string(), expiresAt: z.number() });
export const openLink = z.object({ link: z.string().min(1).max(200) }).strict();
/** `id` makes a retry safe: the same message twice is one. */
export const newMessage = z.object({ id, text: z.string().trim().min(1).max(2000) }).strict();
export const satisfaction = z.enum(['good', 'bad']);
export const newSatisfaction = z.object({ satisfaction }).strict();
export const customerConsents = z.object({ mood: z.boolean(), contact: z.boolean() }).partial().strict();

export const customerView = z.object({
  state: z.enum(['waiting', 'helped', 'resolved']),
  title: localized,
  thing: localized.optional(),
  technician: z.string().optional(),
  /** The language the conversation was held in. */
  locale,
  openedAt: z.number(),
  /** By when somebody is to have replied, while nobody has. */
  replyDue: z.number().nullable(),
  turns: z.array(
    z.object({
      id: z.string(),
      at: z.number(),
      by: z.enum(['operator', 'agent', 'technician', 'system']),
      name: z.string().optional(),
      text: z.string(),
      parts: z.array(answerPart).optional(),
    }),
  ),
  resolution: z.string().nullable(),
  consents: z.object({ mood: z.boolean(), contact: z.boolean() }),
  satisfaction: satisfaction.nullable(),
});
export type CustomerView = z.infer<typeof customerView>;
