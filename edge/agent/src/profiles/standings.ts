import { WaysideError } from '@wayside/protocol';
import type { Badge } from './badges.ts';
import type { Household } from './household.ts';
import { manages, type Standing } from './permit.ts';
import { isGuest, type Profile } from './profile.ts';

/** Who makes a request: a script with the edge's token, or a browser with the badge it wears, or none. */
export type Who = { script: boolean; badge: Badge | undefined };

/** Whom a request speaks for, and what they may do for others. */
export function createStandings(household: Pick<Household, 'standing' | 'find'>) {
  const personOf = (who: Who) => who.badge?.person;
  const standingOf = (who: Who): Standing => (who.script && !who.badge ? 'owner' : household.standing(personOf(who)));
  function mustManage(who: Who): void {
    if (!manages(standingOf(who))) throw new WaysideError('forbidden', 'Only the owner can do that. Ask them to choose their name here.');
  }
  /** `me` is whoever the browser's badge says. @throws WaysideError `forbidden` for somebody else, `not-found` */
  function self(who: Who, person: string): Profile {
    const id = person === 'me' ? personOf(who) : person;
    if (id === undefined || isGuest(id)) throw new WaysideError('not-found', 'Choose your name first: nobody has said who they are here.');
    if (id !== personOf(who) && !(who.script && !who.badge)) throw new WaysideError('forbidden', 'That is for this person alone.');
    const found = household.find(id);
    if (!found) throw new WaysideError('not-found', 'There is nobody of this name here any more.');
    return found;
  }
  return { personOf, standingOf, mustManage, self };
}

export type Standings = ReturnType<typeof createStandings>;
