import { beforeAll, describe, expect, it } from 'vitest';
import { edgeKept } from './power/edge-kept.ts';
import { hubKept } from './power/hub-kept.ts';
import { hasStrace, huntPower, record } from './power/hunt.ts';
import type { Op } from './power/log.ts';

const there = await hasStrace();
if (!there) process.stderr.write('SKIPPED: the power proof needs strace (apt-get install strace); nothing was proved of power cuts here\n');

describe.skipIf(!there)('the power that is cut at any moment', () => {
  let ops: Op[];
  beforeAll(async () => {
    ops = await record(edgeKept, 1, 30);
  }, 120_000);

  it('takes no acknowledged record and leaves a store that opens, sound and in one chain (the quick part of npm run prove:power)', async () => {
    const hunt = await huntPower(edgeKept, 120, 1, true, ops);
    expect(hunt.acknowledged).toBeGreaterThan(30);
    expect(hunt.withUnsynced).toBeGreaterThan(60);
    expect(hunt.wrong).toEqual([]);
  }, 180_000);

  it('would take some from a disk that lies about its syncs: the proof can fail', async () => {
    const { wrong } = await huntPower(edgeKept, 25, 1, false, ops);
    expect(wrong.length).toBeGreaterThan(2);
  }, 180_000);

  it('takes nothing that a whole hub answered, of edges and of technicians; what was never stored is missed in every image', async () => {
    const calls = await record(hubKept, 1, 8);
    const hunt = await huntPower(hubKept, 25, 1, true, calls);
    expect(hunt.acknowledged).toBeGreaterThanOrEqual(8);
    expect(hunt.wrong).toEqual([]);
    const claimed: Op[] = [{ kind: 'ack', ids: ['up:999'] }, ...calls];
    expect((await huntPower(hubKept, 5, 1, true, claimed)).wrong).toHaveLength(5);
  }, 180_000);
});
