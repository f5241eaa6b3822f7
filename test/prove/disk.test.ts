import { expect, it } from 'vitest';
import { canFail, huntDisk } from './disk/hunt.ts';

const there = await canFail();
if (!there)
  process.stderr.write('SKIPPED: the disk proof needs Linux and a C compiler; nothing was proved of full and failing disks here\n');

it.skipIf(!there)(
  'loses no acknowledged record to a disk that is full or fails, and goes on when it is well (quick part of npm run prove:disk)',
  async () => {
    const hunt = await huntDisk(9, 1);
    expect(hunt.wrong).toEqual([]);
    expect(hunt.failed).toBeGreaterThan(15);
    expect(hunt.saved).toBeGreaterThan(50);
  },
  300_000,
);
