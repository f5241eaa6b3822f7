import { sql } from 'kysely';
import { type Change, change, type Ground } from '../store/change.ts';
import { createGather } from '../store/gather.ts';
import type { Db, Schema } from '../store/schema.ts';
import type { EdgeAuthority, Issued } from './edge-authority.ts';

/** One whose certificate has run out, since it was long away, may still ask for the next, for so long. */
const lateMs = 365 * 86_400_000;

/** The certificates of edges, as the hub knows them: by fingerprint, until they run out or are taken away. */
export type Certificates = {
  /** The next certificate of an edge, in PEM. When it is first used, what the edge had before lets it in no more. @throws WaysideError `invalid` */
  next(edge: string, csr: string): Promise<string>;
  /** Whose this certificate is, and its key in DER; to ask for the next (`late`), it may have run out. */
  whose(fingerprint: string, late: boolean): Promise<CertificateOwner | undefined>;
};
export type CertificateOwner = Pick<Schema['edgeCertificate'], 'edge' | 'publicKey' | 'expiresAt'>;

export function createCertificates(ground: Ground, authority: EdgeAuthority): Certificates {
  const { db, now } = ground;
  const find = createGather((fingerprints: readonly string[]) => rowsOf(db, fingerprints), 1);
  return {
    async next(edge, csr) {
      const issued = await authority.issue(csr, edge);
      await change(ground, async (here) => {
        // One that was asked for and never used, since the answer was lost, makes room.
        await here.tx.deleteFrom('edgeCertificate').where('edge', '=', edge).where('usedAt', 'is', null).execute();
        await keepCertificate(here, edge, issued);
      });
      return issued.certificate;
    },

    async whose(fingerprint, late) {
      const row = await find(fingerprint);
      if (!row || row.expiresAt + (late ? lateMs : 0) <= now()) return undefined;
      if (row.usedAt === null) await change(ground, (here) => firstUse(here, row));
      return row;
    },
  };
}

export async function keepCertificate({ tx }: Change, edge: string, { certificate: _, ...kept }: Issued): Promise<void> {
  await tx
    .insertInto('edgeCertificate')
    .values({ edge, ...kept, usedAt: null })
    .execute();
}

export async function dropCertificates({ tx }: Change, edge: string): Promise<void> {
  await tx.deleteFrom('edgeCertificate').where('edge', '=', edge).execute();
}

/** The edge has it and has kept it: what let it in before is not needed any more, and worth nothing to who took it. */
async function firstUse({ tx, now }: Change, { edge, fingerprint }: Schema['edgeCertificate']): Promise<void> {
  const used = await tx.updateTable('edgeCertificate').set({ usedAt: now }).where('fingerprint', '=', fingerprint).executeTakeFirst();
  // Locked out in the meantime.
  if (used.numUpdatedRows === 0n) return;
  await tx.deleteFrom('edgeCertificate').where('edge', '=', edge).where('fingerprint', '!=', fingerprint).execute();
}

/** The certificates of these fingerprints, in their order. A fleet that comes back asks thousands of times a second. */
async function rowsOf(db: Db, fingerprints: readonly string[]): Promise<(Schema['edgeCertificate'] | undefined)[]> {
  const rows = await db
    .selectFrom('edgeCertificate')
    .selectAll()
    .where('fingerprint', 'in', sql<string>`(select value from json_each(${JSON.stringify(fingerprints)}))`)
    .execute();
  const known = new Map(rows.map((row) => [row.fingerprint, row]));
  return fingerprints.map((one) => known.get(one));
}
