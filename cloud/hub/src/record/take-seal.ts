import {
  canonical,
  type Entry,
  hashOf,
  hashOfLink,
  type Key,
  nothing,
  proveInclusion,
  rootText,
  type Seal,
  signatureHolds,
  toBase64Url,
  writeVkey,
} from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';
import type { Change } from '../store/change.ts';
import { send } from '../sync/envelopes.ts';
import type { UpBody } from '../sync/read-record.ts';
import { raise } from './alarm.ts';
import { append, nodesOf, signHead } from './log.ts';
import type { LogKey } from './log-key.ts';

/**
 * Takes an edge's seal into the log, with the keys before it, when it is truly that edge's next. One that is signed but does not follow the
 * newest is logged as well, since it proves that the edge was put back or copied, and the edge is told to begin a new epoch.
 * @returns why it is set aside
 */
export const takeSeal =
  (logKey: LogKey) =>
  async (here: Change, edge: string, { keys, entries, seal }: UpBody<'seal'>): Promise<string | undefined> => {
    await here.alone('log');
    const wrong = checkEntries(seal, entries);
    if (wrong) return wrong;
    for (const key of keys) {
      const objection = await takeLink(here, edge, key);
      if (objection) return objection;
    }
    const objection = await takeLink(here, edge, seal);
    if (objection) return objection;
    await keepEntries(here, edge, seal, entries);
    await sendReceipt(here, logKey, edge, seal);
    return undefined;
  };

function checkEntries(seal: Seal, entries: readonly Entry[]): string | undefined {
  const hashes = entries.map((entry) => hashOf(p, entry));
  const inOrder = entries.every((entry, i) => entry.n === seal.first + i && (i === 0 || entry.prev === hashes[i - 1]));
  const sealed = hashes.length === seal.count && hashes.at(-1) === seal.head && rootText(p, hashes) === seal.root;
  return inOrder && sealed ? undefined : 'the entries are not those the seal covers';
}

async function takeLink(here: Change, edge: string, link: Seal | Key): Promise<string | undefined> {
  const { tx, now } = here;
  const what = 'seals' in link ? 'key' : 'seal';
  const hash = hashOfLink(p, link);
  if (await tx.selectFrom('logLeaf').select('place').where('hash', '=', hash).executeTakeFirst()) return undefined;
  const before = await tx.selectFrom('logLeaf').selectAll().where('hash', '=', link.prev).where('edge', '=', edge).executeTakeFirst();
  if (!before && !(what === 'key' && link.prev === nothing)) {
    await askForIt(here, edge, link);
    return 'what comes before it is not here; the edge is asked for it';
  }
  // What an edge calls itself is fixed by its first key; under which name it is enrolled here is ours.
  if (before && (JSON.parse(before.text) as Seal | Key).edge !== link.edge) return `it is signed in the name of ${link.edge}`;
  const force = before && (JSON.parse((await leafText(here, before.under)) ?? before.text) as Key);
  if (!signatureHolds(p, what, link, force ? force.key : (link as Key).key)) return `the signature of this ${what} does not hold`;
  if (what === 'seal' && ((link as Seal).key !== force?.n || link.epoch !== force.epoch)) return 'it is not made with the key in use';

  const known = await tx.selectFrom('recordEdge').select('tip').where('edge', '=', edge).executeTakeFirst();
  const under = what === 'key' ? hash : (before?.under as string);
  const place = await append(tx, { edge, what, n: link.n, epoch: link.epoch, text: canonical(link), prev: link.prev, under }, now);
  await tx
    .insertInto('recordEdge')
    .values({ edge, tip: hash })
    .onConflict((c) => c.column('edge').doUpdateSet({ tip: hash }))
    .execute();
  if (known && known.tip !== link.prev) {
    const lost = !before;
    await raise(here, edge, lost ? 'key-lost' : 'rolled-back', { place, link: hash, instead: known.tip });
    if (!lost) await send(here, edge, 'rolled-back', { seal: link.n });
  }
  return undefined;
}

/** Asks once for what is missing. When that did not bring it, what is here is not what this edge signed: it must not go round in circles. */
async function askForIt(here: Change, edge: string, link: Seal | Key): Promise<void> {
  const after = await newestSeal(here, edge);
  const asked = await here.tx
    .selectFrom('downEnvelope')
    .select('seq')
    .where('edge', '=', edge)
    .where('kind', '=', 'record-wanted')
    .where('bodyJson', '=', JSON.stringify({ after }))
    .executeTakeFirst();
  if (!asked) await send(here, edge, 'record-wanted', { after });
  else await raise(here, edge, 'gap', { link: link.n, prev: link.prev });
}

const leafText = async ({ tx }: Change, hash: string): Promise<string | undefined> =>
  (await tx.selectFrom('logLeaf').select('text').where('hash', '=', hash).executeTakeFirst())?.text;

async function newestSeal({ tx }: Change, edge: string): Promise<number> {
  const row = await tx
    .selectFrom('logLeaf')
    .select((e) => e.fn.max('n').as('n'))
    .where('edge', '=', edge)
    .where('what', '=', 'seal')
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

async function keepEntries({ tx }: Change, edge: string, seal: Seal, entries: readonly Entry[]): Promise<void> {
  const under = hashOfLink(p, seal);
  await tx
    .insertInto('recordEntry')
    .values(
      entries.map((entry) => ({
        edge,
        hash: hashOf(p, entry),
        n: entry.n,
        id: entry.id,
        kind: entry.kind,
        session: entry.session ?? null,
        entryJson: canonical(entry),
        seal: under,
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute();
}

/** That the log holds the seal: its place, the way to the root, and the signed root. */
async function sendReceipt(here: Change, logKey: LogKey, edge: string, seal: Seal): Promise<void> {
  const hash = hashOfLink(p, seal);
  const { place } = await here.tx.selectFrom('logLeaf').select('place').where('hash', '=', hash).executeTakeFirstOrThrow();
  const size = place + 1;
  const proof = await proveInclusion(p, place, size, nodesOf(here.tx));
  await send(here, edge, 'receipt', {
    seal: seal.n,
    hash,
    index: place,
    proof: proof.map(toBase64Url),
    checkpoint: await signHead(here.tx, logKey, size),
    hub: writeVkey(logKey.key),
  });
}
