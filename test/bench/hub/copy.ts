import { finished } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { record, thing } from '../../../cloud/hub/src/scenario.ts';
import { openPostgres } from '../../../cloud/hub/src/store/postgres/open.ts';
import { clientOf } from '../../../cloud/hub/src/store/postgres/pool.ts';
import { readRecord } from '../../../cloud/hub/src/sync/read-record.ts';
import { keepRecords } from '../../../cloud/hub/src/sync/stream.ts';
import { median } from '../measure.ts';

/** As many batches of 100 as a hub takes together when 16 edges send. */
const batches = 16;
const columns = ['edge', 'epoch', 'seq', 'id', 'kind', 'at', 'hash', 'bodyJson', 'receivedAt', 'salt', 'session'];

/**
 * The same rows into the same table, a transaction each, in turns: by the hub's own statement and by COPY (postgresql.org/docs/current/sql-copy.html), which is told
 * the text it takes ready made.
 * @returns rows a second, medians of so many rounds
 */
export async function compareCopy(url: string, rounds: number): Promise<{ ours: number; copied: number }> {
  const store = await openPostgres(url);
  const client = clientOf(url);
  await client.connect();
  const records = Array.from({ length: 100 }, (_, i) => readRecord(record(i + 1, 'thing', thing(`car-${i}`))));
  const count = batches * records.length;
  const [ours, copied]: [number[], number[]] = [[], []];
  const rate = async (act: () => Promise<void>) => {
    const began = performance.now();
    await act();
    return (1_000 * count) / (performance.now() - began);
  };
  try {
    for (let n = 0; n < rounds; n++) {
      const fresh = Array.from({ length: batches }, (_, b) => ({ edge: `edge-${b}`, epoch: `ours-${n}`, fresh: records }));
      ours.push(await rate(() => store.db.transaction().execute((tx) => keepRecords({ tx, now: n } as never, fresh))));
      const text = fresh.map(({ edge, fresh: some }) => some.map((one) => lineOf(edge, `copied-${n}`, one, n)).join('')).join('');
      copied.push(
        await rate(async () => {
          const stream = client.query(copyFrom(`copy main."upRecord" (${columns.map((name) => `"${name}"`).join(', ')}) from stdin`));
          stream.end(text);
          await finished(stream);
        }),
      );
    }
    return { ours: median(ours), copied: median(copied) };
  } finally {
    await client.end();
    await store.close();
  }
}

const lineOf = (edge: string, epoch: string, { seq, hash, record: is }: ReturnType<typeof readRecord>, now: number): string =>
  `${[edge, epoch, seq, is?.id, is?.kind, is?.at, hash, JSON.stringify(is?.body).replaceAll('\\', '\\\\'), now, '\\N', '\\N'].join('\t')}\n`;
