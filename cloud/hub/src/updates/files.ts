import type { Db } from '../store/schema.ts';
import type { Role } from './metadata.ts';

/** A signed file as it is kept: the text that was signed, which is never written anew. */
export type UpdateFile = { version: number; text: string; at: number; expiresAt: number };

/** A timestamp is signed anew after so long, when somebody asks for it. */
export const freshMs = 60 * 60_000;

/** Of each but the root so many versions are kept, for edges that are just fetching. */
const mostKept = 5;

/** The newest of a role. */
export async function newest(db: Db, role: Role): Promise<UpdateFile | undefined> {
  const row = await db.selectFrom('updateFile').selectAll().where('role', '=', role).orderBy('version', 'desc').limit(1).executeTakeFirst();
  return row && { version: Number(row.version), text: row.text, at: Number(row.at), expiresAt: Number(row.expiresAt) };
}

export async function fileOf(db: Db, role: Role, version: number): Promise<string | undefined> {
  const row = await db.selectFrom('updateFile').select('text').where('role', '=', role).where('version', '=', version).executeTakeFirst();
  return row?.text;
}

/** Keeps what was signed just now. @returns it, as it is kept */
export async function keepFile(tx: Db, role: Role, text: string, now: number): Promise<UpdateFile> {
  const { version, expires } = (JSON.parse(text) as { signed: { version: number; expires: string } }).signed;
  const file = { version, text, at: Math.floor(now), expiresAt: Date.parse(expires) };
  await tx
    .insertInto('updateFile')
    .values({ role, ...file })
    .execute();
  if (role !== 'root') {
    const old = await tx
      .selectFrom('updateFile')
      .select('version')
      .where('role', '=', role)
      .orderBy('version', 'desc')
      .offset(mostKept)
      .limit(1)
      .executeTakeFirst();
    if (old) await tx.deleteFrom('updateFile').where('role', '=', role).where('version', '<=', old.version).execute();
  }
  return file;
}
