import { id as idSchema, WaysideError } from '@wayside/protocol';
import { sendPhrases } from '../knowledge/phrases.ts';
import { sendPublished } from '../knowledge/send.ts';
import { sendIssues } from '../repair/issues.ts';
import { sendRates } from '../repair/rate.ts';
import { sendDone } from '../rollout/carry.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import { Attempts } from './attempts.ts';
import { dropCertificates, keepCertificate } from './certificates.ts';
import type { EdgeAuthority } from './edge-authority.ts';
import { hashOf, newSecret } from './secret.ts';

const codeMs = 15 * 60_000;
/** Whose edges are that nobody said anything about. */
export const house = 'house';

export type Enrolment = {
  /**
   * A code that lets one edge in, once, within 15 minutes.
   * @param tenant whose it will be
   * @param edge when given, the code is for this edge only and also lets one in again that lost its key
   */
  createCode(edge?: string, tenant?: string): Promise<{ code: string; expiresAt: number }>;
  /**
   * Spends a code. @param csr of a key the edge made
   * @returns its certificate
   * @throws WaysideError `unauthorized`, `conflict`, `rate-limited`, `invalid`
   */
  enrolWithCode(asked: { code: string; edge: string; csr: string }, from: string): Promise<string>;
  /** No certificate lets it in any more; a code made for it does. */
  lockOut(edge: string): Promise<void>;
};

export function createEnrolment(ground: Ground, authority: EdgeAuthority): Enrolment {
  const { db, now } = ground;
  const attempts = new Attempts(20, codeMs, now);

  return {
    async createCode(edge, tenant = house) {
      if (edge !== undefined) checkId(edge);
      const code = newSecret('join');
      const expiresAt = Math.floor(now()) + codeMs;
      await db.deleteFrom('enrolmentCode').where('expiresAt', '<=', now()).execute();
      await db
        .insertInto('enrolmentCode')
        .values({ hash: hashOf(code), edge: edge ?? null, expiresAt, tenant })
        .execute();
      return { code, expiresAt };
    },

    async enrolWithCode({ code, edge, csr }, from) {
      attempts.check(from);
      // Before the code is spent: a request that is none costs no code.
      const issued = await authority.issue(csr, edge);
      const isIn = await change(ground, async (here) => {
        const row = await here.tx.deleteFrom('enrolmentCode').where('hash', '=', hashOf(code)).returningAll().executeTakeFirst();
        if (!row || row.expiresAt <= here.now || (row.edge !== null && row.edge !== edge)) return false;
        const taken = row.edge === null && (await here.tx.selectFrom('edge').select('id').where('id', '=', edge).executeTakeFirst());
        // Thrown, so the code is not spent.
        if (taken)
          throw new WaysideError(
            'conflict',
            `An edge named ${edge} is already enrolled. Choose another id, or ask for a code made for this edge.`,
          );
        await admit(here, edge, row.tenant);
        await keepCertificate(here, edge, issued);
        return true;
      });
      if (isIn) return issued.certificate;
      attempts.count(from);
      throw new WaysideError(
        'unauthorized',
        'This enrolment code was used, is older than 15 minutes or is for another edge. Make a new one at the hub.',
      );
    },

    async lockOut(edge) {
      await change(ground, async (here) => {
        await dropCertificates(here, edge);
        here.tell({ event: 'cut', data: { edge } });
      });
    },
  };
}

async function admit(here: Change, edge: string, tenant: string): Promise<void> {
  await dropCertificates(here, edge);
  const { numInsertedOrUpdatedRows } = await here.tx
    .insertInto('edge')
    .values({ id: edge, tokenHash: edge, enrolledAt: here.now, lastSeen: null, downThrough: 0, tenant })
    .onConflict((c) => c.column('id').doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 1n) {
    await sendPublished(here, edge);
    await sendRates(here, edge);
    await sendIssues(here, edge);
    await sendPhrases(here, edge);
    await sendDone(here, edge);
  }
  here.tell({ event: 'fleet', data: { edge } });
}

function checkId(edge: string): string {
  if (!idSchema.safeParse(edge).success)
    throw new WaysideError('invalid', `The edge id ${JSON.stringify(edge).slice(0, 80)} is not one: an id is 1 to 64 of A-Z a-z 0-9 . _ -`);
  return edge;
}
