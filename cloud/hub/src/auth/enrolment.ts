import { id as idSchema, WaysideError } from '@wayside/protocol';
import { sql } from 'kysely';
import { sendPhrases } from '../knowledge/phrases.ts';
import { sendPublished } from '../knowledge/send.ts';
import { sendIssues } from '../repair/issues.ts';
import { sendRates } from '../repair/rate.ts';
import { sendDone } from '../rollout/carry.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import { createGather } from '../store/gather.ts';
import type { Db } from '../store/schema.ts';
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
  /**
   * Enrols an edge as it was done before there were certificates, or gives one that is enrolled a new token. No door leads here: a token that an
   * edge still has lets it in until it shows its first certificate.
   */
  enrol(edge: string, tenant?: string): Promise<string>;
  /** Neither token nor certificate lets it in any more; a code made for it does. */
  lockOut(edge: string): Promise<void>;
  /** Which edge holds this token. */
  whose(token: string): Promise<string | undefined>;
};

export function createEnrolment(ground: Ground, authority: EdgeAuthority): Enrolment {
  const { db, now } = ground;
  const attempts = new Attempts(20, codeMs, now);
  const holder = createGather((hashes: readonly string[]) => holdersOf(db, hashes), 1);

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

    enrol: (edge, tenant = house) => change(ground, (here) => admit(here, checkId(edge), tenant)),

    async lockOut(edge) {
      await change(ground, async (here) => {
        const { tx, tell } = here;
        await dropCertificates(here, edge);
        await tx
          .updateTable('edge')
          .set({ tokenHash: hashOf(newSecret('none')) })
          .where('id', '=', edge)
          .execute();
        tell({ event: 'cut', data: { edge } });
      });
    },

    whose: (token) => holder(hashOf(token)),
  };
}

/** Which edges hold the tokens of these hashes, in their order. A fleet that comes back asks thousands of times a second. */
async function holdersOf(db: Db, hashes: readonly string[]): Promise<(string | undefined)[]> {
  const rows = await db
    .selectFrom('edge')
    .select(['id', 'tokenHash'])
    .where('tokenHash', 'in', sql<string>`(select value from json_each(${JSON.stringify(hashes)}))`)
    .execute();
  const holders = new Map(rows.map(({ id, tokenHash }) => [tokenHash, id]));
  return hashes.map((hash) => holders.get(hash));
}

async function admit(here: Change, edge: string, tenant: string): Promise<string> {
  const token = newSecret('wse');
  await dropCertificates(here, edge);
  const known = await here.tx
    .updateTable('edge')
    .set({ tokenHash: hashOf(token) })
    .where('id', '=', edge)
    .executeTakeFirst();
  if (known.numUpdatedRows === 0n) {
    await here.tx
      .insertInto('edge')
      .values({ id: edge, tokenHash: hashOf(token), enrolledAt: here.now, lastSeen: null, downThrough: 0, tenant })
      .execute();
    await sendPublished(here, edge);
    await sendRates(here, edge);
    await sendIssues(here, edge);
    await sendPhrases(here, edge);
    await sendDone(here, edge);
  }
  here.tell({ event: 'fleet', data: { edge } });
  return token;
}

function checkId(edge: string): string {
  if (!idSchema.safeParse(edge).success)
    throw new WaysideError('invalid', `The edge id ${JSON.stringify(edge).slice(0, 80)} is not one: an id is 1 to 64 of A-Z a-z 0-9 . _ -`);
  return edge;
}
