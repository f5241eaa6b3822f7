import { id, locale } from '@wayside/protocol';
import { z } from 'zod';
import { roles } from '../auth/can.ts';
import { duty } from './queue-types.ts';

/** Who works at the desk, as its admins see them. */
export const technicianRow = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  tenant: z.string(),
  languages: z.array(locale),
  duty,
  /** Nothing lets them in until they are let in again. */
  disabled: z.boolean(),
  /** In how many browsers they are signed in now, and when one was last heard of. */
  places: z.int(),
  seenAt: z.number().nullable(),
});
export type TechnicianRow = z.infer<typeof technicianRow>;
export const technicianList = z.object({ technicians: z.array(technicianRow) });

/** Without a password: they come in by a link, once, and choose how they sign in. */
export const invitation = z
  .object({
    name: z.string().trim().min(1).max(120),
    role: z.enum(roles).default('technician'),
    tenant: z.union([id, z.literal('*')]).optional(),
    languages: z.array(locale).min(1).max(2).default(['en']),
  })
  .strict();
export const invited = z.object({ technician: technicianRow.shape.id, link: z.string(), expiresAt: z.number() });

/** What an admin decides of somebody. Their languages are those of the duty. */
export const technicianChange = z.object({ role: z.enum(roles), duty }).strict();
