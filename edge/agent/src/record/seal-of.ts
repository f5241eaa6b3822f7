import type { Entry, Key, Receipt } from '@wayside/record';
import type { SessionSeal } from '../api/types.ts';
import type { Db } from '../store/schema.ts';
import type { KeptTip } from './tip.ts';

/** How well a conversation is recorded: for people, and as the code they may keep. */
export async function sealOf(db: Db, tip: KeptTip, session: string): Promise<SessionSeal> {
  const { count } = await db
    .selectFrom('recordEntry')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('session', '=', session)
    .where('n', '>', tip.begins.after)
    .executeTakeFirstOrThrow();
  const last = await db
    .selectFrom('recordEntry')
    .innerJoin('recordSeal', 'recordSeal.n', 'recordEntry.seal')
    .select(['entry', 'recordEntry.hash', 'seal', 'receipt'])
    .where('session', '=', session)
    .where('recordEntry.n', '>', tip.begins.after)
    .orderBy('recordEntry.n', 'desc')
    .limit(1)
    .executeTakeFirst();
  const { text } = await db.selectFrom('recordKey').select('text').where('n', '=', tip.begins.key).executeTakeFirstOrThrow();
  const edgeKey = (JSON.parse(text) as Key).key;
  const base = { edge: tip.edge, session, edgeKey, entries: Number(count) };
  if (!last?.entry || !last.hash || last.seal === null) return { ...base, sealed: 0, atHub: false, witnesses: 0 };
  const sealed = (JSON.parse(last.entry) as Entry).i as number;
  const receipt = last.receipt === null ? undefined : (JSON.parse(last.receipt) as Receipt);
  return {
    ...base,
    sealed,
    head: last.hash,
    seal: last.seal,
    atHub: receipt !== undefined,
    witnesses: receipt?.witnesses.length ?? 0,
    code: writeCode({ edge: tip.edge, session, entries: sealed, head: last.hash, edgeKey }),
  };
}

const writeCode = ({
  edge,
  session,
  entries,
  head,
  edgeKey,
}: Required<Pick<SessionSeal, 'edge' | 'session' | 'entries' | 'head' | 'edgeKey'>>): string =>
  ['wayside-record/1', edge, session, entries, head, edgeKey].join(' ');
