import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLog } from './log.ts';

describe('the log of system calls', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-calls-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function ops(...lines: string[]) {
    const file = join(folder, 'calls');
    await writeFile(file, `${lines.join('\n')}\n`);
    return readLog(file);
  }

  it('counts a call that another thread interrupted from its end, in its place', async () => {
    expect(
      await ops(
        '7 pwrite64(3<\\x2f\\x61>, "\\x01\\x02", 2, 24 <unfinished ...>',
        '8 write(4</acks>, "\\x75\\x70\\x3a\\x31\\x0a", 5) = 5',
        '7 <... pwrite64 resumed>) = 2',
        '7 fdatasync(3<\\x2f\\x61>) = 0',
      ),
    ).toEqual([
      { kind: 'ack', ids: ['up:1'] },
      { kind: 'write', file: 'a', at: 24, data: Buffer.from([1, 2]) },
      { kind: 'sync', file: 'a' },
    ]);
  });

  it('leaves out what failed, and no write whose place it cannot read', async () => {
    expect(await ops('7 fsync(3<\\x2f\\x61>) = -1 EIO (Input/output error)')).toEqual([]);
    await expect(ops('7 pwrite64(3<\\x2f\\x61>, "\\x01", 1, ?) = 1')).rejects.toThrow(/cannot be read/);
  });
});
