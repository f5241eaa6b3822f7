import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hubConfig } from '../../cloud/hub/src/config.ts';
import { createHub, type Hub, type Started } from '../../cloud/hub/src/hub.ts';
import { createLog } from '../../cloud/hub/src/log.ts';
import { call, handoff, record, turn } from '../../cloud/hub/src/scenario.ts';
import { askAs, enrolAt, type SigningEdge } from '../../cloud/hub/src/signing-edge.ts';
import { clientOf } from '../../cloud/hub/src/store/postgres/pool.ts';
import { type Postgres, postgresPrograms, startPostgres } from '../support/postgres.ts';

/** A disk in memory, of so many MiB; none where this process may not make one. */
function smallDisk(mib: number): { place: string; end(): void } | undefined {
  const place = mkdtempSync(join(tmpdir(), 'wayside-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mib}m`, 'tmpfs', place], { stdio: 'ignore' });
  } catch {
    rmSync(place, { recursive: true });
    return undefined;
  }
  chmodSync(place, 0o777);
  return {
    place,
    end() {
      execFileSync('umount', [place]);
      rmSync(place, { recursive: true });
    },
  };
}
const tried = postgresPrograms() ? smallDisk(8) : undefined;
tried?.end();
if (!tried)
  console.warn(
    'SKIPPED: no full disk of a PostgreSQL is tested, since PostgreSQL is not here or this process may not mount a disk in memory.',
  );

/** Fills what is left but for so many bytes. @returns makes room again */
function fill(place: string, left: number): () => void {
  const { bavail, bsize } = statfsSync(place);
  const file = join(place, 'somebody-elses');
  writeFileSync(file, Buffer.alloc(Math.max(0, bavail * bsize - left)));
  return () => rmSync(file);
}

describe.skipIf(!tried).each([
  { what: 'its tables', apart: true, codes: ['storage-full'] },
  // Without a log PostgreSQL ends, and does not begin while there is no room for one.
  { what: 'its tables and its log', apart: false, codes: ['storage-full', 'unavailable'] },
])('PostgreSQL whose disk holds $what', ({ apart, codes }) => {
  const disk = smallDisk(160) as { place: string; end(): void };
  const log = apart ? mkdtempSync(join(tmpdir(), 'wayside-log-')) : undefined;
  let database: Postgres;
  let hub: Hub;
  let at: Started;
  let edge: SigningEdge;
  let data: string;
  beforeAll(async () => {
    if (log) chmodSync(log, 0o777);
    database = await startPostgres({ max_connections: '30' }, { place: disk.place, ...(log ? { log: join(log, 'wal') } : {}) });
    data = mkdtempSync(join(tmpdir(), 'wayside-full-'));
    const settings = hubConfig.parse({ data, port: 0, packsRoot: join(data, 'none'), generator: 'none', database: database.url });
    hub = createHub(settings, { log: createLog('silent'), passwordWork: 4 });
    at = await hub.start();
    edge = await enrolAt({ hub, url: at.url }, 'garage');
  });
  afterAll(async () => {
    await hub.stop();
    await database.stop();
    disk.end();
    for (const folder of [data, log]) if (folder) rmSync(folder, { recursive: true });
  });

  const said = 'Switch it off and on again. '.repeat(70);
  // Nothing that PostgreSQL could press together.
  const tell = (n: number) => {
    const one =
      n === 1
        ? record(1, 'handoff', handoff('c'))
        : record(n, 'turn', turn(`t${n}`, 'session-of-c', 'operator', `${n} ${randomBytes(5_900).toString('base64')}`));
    return askAs<{ code: string; durableThrough: number }>(at.url, edge, {
      method: 'POST',
      path: '/v1/sync/up',
      body: { epoch: 'e1', records: [one] },
    });
  };
  const kept = async (): Promise<number[]> => {
    const client = clientOf(database.url);
    await client.connect();
    const { rows } = await client.query<{ seq: number }>('select seq from main."upRecord" order by seq');
    await client.end();
    return rows.map(({ seq }) => seq);
  };
  const numbers = (through: number) => Array.from({ length: through }, (_, i) => i + 1);

  it('is full: the hub says so in a problem document, keeps what it acknowledged, and goes on when there is room', async () => {
    expect((await tell(1)).status).toBe(200);
    const makeRoom = fill(disk.place, 2_000_000);
    let last = 1;
    let answer = await tell(2);
    for (; answer.status === 200; answer = await tell(last + 1)) last++;
    expect(codes).toContain(answer.body.code);
    expect([507, 503]).toContain(answer.status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const reply = await call<{ code: string }>(at.url, 'POST', '/v1/cases/c/replies', {
      token: at.token,
      body: { id: 'r1', text: said },
    });
    if (reply.status >= 300) expect(codes).toContain(reply.body.code);

    makeRoom();
    // One that found no room for its log has ended, or will; then its operator starts it.
    if (!apart) await database.restart();
    await expect.poll(async () => (await tell(last + 1)).status).toBe(200);
    expect(await kept()).toEqual(numbers(last + 1));
    const again = await call(at.url, 'POST', '/v1/cases/c/replies', { token: at.token, body: { id: 'r1', text: said } });
    expect(again.status).toBeLessThan(300);
    const shown = await call<{ replies: { id: string }[] }>(at.url, 'GET', '/v1/cases/c', { token: at.token });
    expect(JSON.stringify(shown.body).split('"r1"')).toHaveLength(2);
  });
});
