import { describe, expect, it } from 'vitest';
import { Disk } from './disk.ts';
import type { Op } from './log.ts';

const write = (at: number, text: string): Op => ({ kind: 'write', file: 'a', at, data: Buffer.from(text) });
const sync: Op = { kind: 'sync', file: 'a' };

function found(disk: Disk, fate: 'nothing' | 'everything') {
  return disk
    .image(fate, () => 0.9)
    .get('a')
    ?.toString();
}

describe('the disk that is played', () => {
  it('keeps what was synced and nothing else, and an image changes nothing on it', () => {
    const disk = new Disk();
    for (const op of [write(0, 'abc'), sync, write(1, 'XYZ')]) disk.apply(op);
    expect([found(disk, 'everything'), found(disk, 'nothing')]).toEqual(['aXYZ', 'abc']);
    disk.apply(sync);
    expect(found(disk, 'nothing')).toBe('aXYZ');
  });

  it('reads zeros where a file was cut and lengthened again, and between its end and a write beyond it', () => {
    const disk = new Disk();
    for (const op of [write(0, 'secret'), sync, { kind: 'truncate', file: 'a', length: 2 } as Op, sync]) disk.apply(op);
    for (const op of [{ kind: 'truncate', file: 'a', length: 4 } as Op, write(6, 'z'), sync]) disk.apply(op);
    expect(found(disk, 'nothing')).toBe('se\0\0\0\0z');
  });

  it('of one that lies about its syncs nothing is there', () => {
    const disk = new Disk(false);
    for (const op of [write(0, 'abc'), sync]) disk.apply(op);
    expect(found(disk, 'nothing')).toBeUndefined();
  });
});
