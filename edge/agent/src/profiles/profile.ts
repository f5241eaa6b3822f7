import { type Preferences, personId, personName, preferences, role } from '@wayside/contract';
import { z } from 'zod';

/** Somebody this edge knows, as it keeps them. */
export const profile = z.object({
  person: personId,
  name: personName,
  role,
  preferences,
  /** Salted and hashed (`pin.ts`); absent where the name alone is enough. */
  pin: z.string().optional(),
  /** Wrong PINs in a row, and until when no further one is looked at. Kept, so that a restart gives no new tries. */
  misses: z.object({ count: z.int().nonnegative(), until: z.number() }).default({ count: 0, until: 0 }),
  /** Their conversations here may go to their other edges through the hub, and be seen by a technician. */
  shares: z.boolean().default(false),
  /** By what they said to be known by it, which was their consent; never sent anywhere. */
  voice: z.object({ agreedAt: z.number(), vector: z.array(z.number()).length(256) }).optional(),
  createdAt: z.number(),
});
export type Profile = z.infer<typeof profile>;

/** More people than this share no machine; the picker stays one screen. */
export const mostProfiles = 40;

const guestPrefix = 'g_';
/** A guest has no profile: an id for one visit, which is erased with it. */
export const isGuest = (person: string | undefined): boolean => person?.startsWith(guestPrefix) ?? false;
/** Does it have the form of an id that only this edge gives out? */
export const isGivenOut = (person: string): boolean => isGuest(person) || personId.safeParse(person).success;

export const defaultPreferences: Preferences = preferences.parse({});
