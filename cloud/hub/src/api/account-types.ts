import { z } from 'zod';

/** How somebody signs in, and where they are signed in, as they see it themselves. */
export const account = z.object({
  passkeys: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.number(), usedAt: z.number().nullable() })),
  secondFactor: z.boolean(),
  /** How many are left. */
  recoveryCodes: z.number(),
  /** `device` is how its browser calls itself; `here`: this one. */
  places: z.array(
    z.object({
      id: z.string(),
      how: z.enum(['password', 'code', 'passkey', 'link', 'company']),
      device: z.string(),
      address: z.string(),
      since: z.number(),
      seenAt: z.number(),
      here: z.boolean(),
    }),
  ),
  /** More than a password is required of them, and `restricted`: they did not show it, so they may only set it up. */
  required: z.boolean(),
  restricted: z.boolean(),
  hasPassword: z.boolean(),
});
export type Account = z.infer<typeof account>;

/** What goes between the hub's library and the browser's; its form is W3C WebAuthn's (§5.1 …JSON). */
export const webAuthn = z.looseObject({});
export const webAuthnAnswer = z.looseObject({ id: z.string().min(1).max(1400), type: z.literal('public-key') });

export const newPasskey = z.object({ name: z.string().trim().min(1).max(80), response: webAuthnAnswer }).strict();
export const newPassword = z.object({ old: z.string().max(500), fresh: z.string().min(10).max(500) }).strict();
/** `uri` is for the QR code. Nothing is kept until a code of it is shown. */
export const timeSecret = z.object({ secret: z.string(), uri: z.string() });
export const newSecondFactor = z.object({ secret: z.string().regex(/^[A-Z2-7]{32}$/), code: z.string().min(6).max(20) }).strict();
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });
export const placesToEnd = z.object({ which: z.enum(['all', 'others']) }).strict();
/** Whether more than a password is required of everybody in the tenant of the admin who says so; of all tenants when theirs is `*`. */
export const signInRules = z.object({ secondFactor: z.boolean() }).strict();
