import type { Pack } from '@wayside/packs';
import type { TalkedAbout } from '../respond-types.ts';
import { calm, type Mood } from './mood.ts';

export type Moods = { of(session: string): Mood; put(session: string, mood: Mood): void; forget(session: string): void };

const most = 500;

/** The moods of conversations that go on now, in memory alone; the one not heard of for longest goes first. */
export function createMoods(): Moods {
  const moods = new Map<string, Mood>();
  return {
    of: (session) => moods.get(session) ?? calm,
    put(session, mood) {
      moods.delete(session);
      moods.set(session, mood);
      if (moods.size > most) moods.delete(moods.keys().next().value!);
    },
    forget: (session) => void moods.delete(session),
  };
}

/**
 * May a feeling be read at all? Never where people work: Regulation (EU) 2024/1689 (AI Act), Article 5(1)(f), forbids inferring the emotions of
 * people at work, and what Wayside reads is how they write. With no thing chosen, one workplace machine on the site is reason enough
 * not to. Technicians are never read: their words do not come this way.
 */
export function mayReadMood(
  thing: TalkedAbout | undefined,
  things: readonly TalkedAbout[],
  packOf: (thing: string) => Pick<Pack, 'workplace'> | undefined,
): boolean {
  const isWork = (one: TalkedAbout) => packOf(one.id)?.workplace === true;
  if (thing && packOf(thing.id)) return !isWork(thing);
  return !things.some(isWork);
}
