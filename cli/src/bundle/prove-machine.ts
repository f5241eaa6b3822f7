import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Platform } from './leave-out.ts';

/** `e_machine` of an ELF file (System V ABI, AMD64 and AArch64 supplements). */
const machines: Record<Platform, number> = { 'linux-x64': 62, 'linux-arm64': 183 };
const headerBytes = 20;

/**
 * For which machine every native file of a folder was built, by its header: what can be said of a bundle for a machine that is not this one.
 * @returns how many there are, and those that are for another machine
 */
export function proveMachine(folder: string, platform: Platform): { natives: number; foreign: string[] } {
  const foreign: string[] = [];
  let natives = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const machine = machineOf(path);
    if (machine === undefined) continue;
    natives++;
    if (machine !== machines[platform]) foreign.push(path.slice(folder.length + 1));
  }
  return { natives, foreign };
}

/** The machine of an ELF file; undefined for any other file. */
function machineOf(path: string): number | undefined {
  const header = Buffer.alloc(headerBytes);
  const file = openSync(path, 'r');
  try {
    const whole = readSync(file, header, 0, headerBytes, 0) === headerBytes;
    if (!whole || header.readUInt32BE(0) !== 0x7f454c46) return undefined;
    // EI_DATA: 2 is big-endian, which neither of ours is.
    return header[5] === 2 ? header.readUInt16BE(18) : header.readUInt16LE(18);
  } finally {
    closeSync(file);
  }
}
