import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { proveMachine } from './prove-machine.ts';

const elf = (machine: number) => {
  const header = Buffer.alloc(64);
  header.write('\x7fELF', 'latin1');
  // 64 bits, little-endian.
  header.set([2, 1], 4);
  header.writeUInt16LE(machine, 18);
  return header;
};

it('finds the native that was built for another machine, by its header, and takes nothing else for one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wayside-machine-'));
  try {
    mkdirSync(join(folder, 'deep/er'), { recursive: true });
    writeFileSync(join(folder, 'deep/er/addon.node'), elf(183));
    writeFileSync(join(folder, 'deep/lib.so.1'), elf(62));
    writeFileSync(join(folder, 'short'), '\x7fELF', 'latin1');
    writeFileSync(join(folder, 'script.js'), 'process.exit(0) // longer than a header');
    expect(proveMachine(folder, 'linux-arm64')).toEqual({ natives: 2, foreign: ['deep/lib.so.1'] });
    expect(proveMachine(folder, 'linux-x64')).toEqual({ natives: 2, foreign: ['deep/er/addon.node'] });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
