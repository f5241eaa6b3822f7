import { locale } from '@wayside/protocol';
import { z } from 'zod';

/** Bytes in base64url, with or without its padding. */
const bytes = (length: number) =>
  z
    .string()
    .max(100)
    .regex(/^[\w-]+=*$/)
    .refine((text) => Buffer.from(text, 'base64url').length === length, `it takes ${length} bytes in base64url`);

/** As a browser gives it (PushSubscription.toJSON of the Push API): where its push service takes messages, and the keys they are closed with. */
export const subscription = z.object({ endpoint: z.url().max(1_000), keys: z.object({ p256dh: bytes(65), auth: bytes(16) }).strict() });
export type Subscription = z.infer<typeof subscription>;
export const newSubscription = subscription.extend({ locale }).strict();
export type NewSubscription = z.infer<typeof newSubscription>;
export const endedSubscription = subscription.pick({ endpoint: true }).strict();
/** The key a browser subscribes with, and which of this person's browsers are told. */
export const pushSettings = z.object({ key: z.string(), endpoints: z.array(z.string()) });
export type PushSettings = z.infer<typeof pushSettings>;
