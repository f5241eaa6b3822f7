import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { receiptName } from '@wayside/packs';
import { installedPacks } from '../../../edge/agent/src/packs/installed.ts';
import { readIdentity } from '../../../edge/agent/src/store/identity.ts';
import { tinyGguf } from '../../../models/src/fixtures.ts';
import { readGguf } from '../../../models/src/gguf.ts';
import { readCt2File } from '../../../models/src/speech/ct2-file.ts';
import type { Target } from './targets.ts';

/** A model of CTranslate2 with one weight of two numbers. */
function tinyCt2(): Buffer {
  const bytes = Buffer.alloc(64);
  let at = bytes.writeUInt32LE(6);
  const text = (said: string) => {
    at = bytes.writeUInt16LE(said.length + 1, at);
    at += bytes.write(`${said}\0`, at);
  };
  text('Whisper');
  at = bytes.writeUInt32LE(3, at);
  at = bytes.writeUInt32LE(1, at);
  text('weight');
  at = bytes.writeUInt8(1, at);
  at = bytes.writeUInt32LE(2, at);
  at = bytes.writeUInt8(0, at);
  at = bytes.writeUInt32LE(8, at);
  return bytes.subarray(0, at + 8);
}

/** What somebody lays where the edge reads: models' headers, receipts of packs, its own identity. @param folder in memory if it can be */
export function fileTargets(folder: string): Target[] {
  const [model, identity] = [join(folder, 'model.bin'), join(folder, 'identity.json')];
  const installed = join(folder, 'installed');
  mkdirSync(join(installed, 'probe'), { recursive: true });
  return [
    {
      name: 'headers of GGUF models',
      share: 20,
      examples: [tinyGguf({ name: 'Tiny', languages: ['en', 'zh'] })],
      eat: (bytes) => readGguf({ size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) }),
    },
    {
      name: 'weights of speech models',
      share: 2,
      examples: [tinyCt2()],
      eat(bytes) {
        writeFileSync(model, bytes);
        readCt2File(model);
      },
    },
    {
      name: 'receipts and identities',
      share: 2,
      examples: ['{"family":"pump","version":"1","fingerprint":"ab","by":"0.1.0","at":1}', '{"edge":"edge-1","hubToken":"wse_a"}'].map(
        (text) => Buffer.from(text),
      ),
      async eat(bytes) {
        writeFileSync(join(installed, 'probe', receiptName), bytes);
        await installedPacks(installed);
        writeFileSync(identity, bytes);
        await readIdentity(identity);
      },
    },
  ];
}
