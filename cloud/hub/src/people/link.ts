import { randomInt } from 'node:crypto';
import type { Linked, linkCode, linkOffer } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import { Attempts } from '../auth/attempts.ts';
import { hashOf } from '../auth/secret.ts';
import { change, type Ground } from '../store/change.ts';

/** Long enough to walk from the car into the house. */
const codeMs = 10 * 60_000;
/** Wrong codes an edge may send within ten minutes: a guess hits one of a hundred million. */
const wrongAllowed = 10;

export type Links = {
  /** @throws WaysideError `conflict` when the person has not agreed to share at this edge */
  offer(edge: string, offer: z.output<typeof linkOffer>): Promise<z.infer<typeof linkCode>>;
  claim(edge: string, code: string): Promise<Linked>;
};

/** Joins a person of one edge with another edge, by a code read off one screen and typed at the other. */
export function createLinks(ground: Ground): Links {
  const { now } = ground;
  const attempts = new Attempts(wrongAllowed, codeMs, now);

  return {
    offer: (edge, { person, name }) =>
      change(ground, async ({ tx, now: at }) => {
        const shares = await tx
          .selectFrom('personEdge')
          .select('edge')
          .where('person', '=', person)
          .where('edge', '=', edge)
          .executeTakeFirst();
        if (!shares)
          throw new WaysideError(
            'conflict',
            'This person has not agreed here that their conversations may be shared, or it has not reached the hub yet.',
          );
        await tx
          .deleteFrom('personCode')
          .where((e) => e.or([e('expiresAt', '<=', at), e('person', '=', person)]))
          .execute();
        const code = String(randomInt(100_000_000)).padStart(8, '0');
        const expiresAt = at + codeMs;
        await tx
          .insertInto('personCode')
          .values({ hash: hashOf(code), person, name, edge, expiresAt })
          .onConflict((c) => c.column('hash').doNothing())
          .execute();
        return { code, expiresAt };
      }),

    async claim(edge, code) {
      try {
        attempts.check(edge);
      } catch {
        return { outcome: 'locked', until: Math.floor(now()) + codeMs };
      }
      const found = await change(ground, async ({ tx, now: at }) => {
        const row = await tx.selectFrom('personCode').selectAll().where('hash', '=', hashOf(code)).executeTakeFirst();
        if (!row || row.expiresAt <= at || row.edge === edge) return undefined;
        await tx.deleteFrom('personCode').where('hash', '=', row.hash).execute();
        return row;
      });
      if (found) return { outcome: 'linked', person: found.person, name: found.name };
      attempts.count(edge);
      return { outcome: 'wrong-code' };
    },
  };
}
