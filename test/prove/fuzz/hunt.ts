import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '@wayside/simulators';
import { isRefusal, targetsIn } from './targets.ts';

export type FuzzHunt = {
  eaten: number;
  byTarget: Record<string, number>;
  /** What was thrown that is no refusal, with the bytes (base64) that bring it. */
  faults: { target: string; error: string; bytes: string }[];
  /** How much the memory in use grew from the first tenth to the end, MiB. */
  grewMiB: number;
};

/** Bytes with which parsers are often wrong. */
const tokens = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\u0000',
  '\0',
  '\n',
  ':',
  ',',
  '-',
  '1e999',
  'null',
  'true',
  '__proto__',
  '&a',
  '*a',
  '!!js',
  '\ufeff',
  '\ud800',
  '99999999999999999999',
  '- ',
  '? ',
  '|',
  '%',
];
const odd = [0, 1, 0x7f, 0x80, 0xff];

/** Feeds what comes from outside with true examples that were changed a little, or much. The same seed feeds the same. */
export async function huntFuzz(count: number, seed: number): Promise<FuzzHunt> {
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'wayside-fuzz-'));
  const random = createRandom(seed, 'fuzz');
  const below = (n: number) => Math.floor(random() * n);
  const targets = await targetsIn(folder);
  const shares = targets.flatMap((target) => Array<typeof target>(target.share).fill(target));
  const hunt: FuzzHunt = { eaten: 0, byTarget: {}, faults: [], grewMiB: 0 };
  const used = () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };

  function change(bytes: Buffer): Buffer {
    const at = below(bytes.length + 1);
    switch (below(7)) {
      case 0: {
        const copy = Buffer.from(bytes);
        for (let i = 1 + below(4); i > 0 && copy.length > 0; i--) copy[below(copy.length)]! ^= 1 << below(8);
        return copy;
      }
      case 1:
        return bytes.subarray(0, at);
      case 2:
        return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + below(16)))]);
      case 3:
        return Buffer.concat([bytes.subarray(0, at), Buffer.from(tokens[below(tokens.length)] as string), bytes.subarray(at)]);
      case 4:
        return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(1 + below(64), odd[below(odd.length)]), bytes.subarray(at)]);
      case 5: {
        // A piece said again, many times: depth and length.
        const piece = bytes.subarray(at, at + 1 + below(12));
        return Buffer.concat([bytes.subarray(0, at), ...Array<Buffer>(1 + below(80)).fill(piece), bytes.subarray(at)]);
      }
      default: {
        const all = targets[below(targets.length)]!.examples;
        const other = all[below(all.length)]!;
        return Buffer.concat([bytes.subarray(0, at), other.subarray(below(other.length))]);
      }
    }
  }

  let early = 0;
  try {
    for (; hunt.eaten < count; hunt.eaten++) {
      if (hunt.eaten === Math.floor(count / 10)) early = used();
      const target = shares[below(shares.length)]!;
      let bytes = target.examples[below(target.examples.length)]!;
      for (let i = 1 + below(4); i > 0; i--) bytes = change(bytes).subarray(0, 20_000);
      hunt.byTarget[target.name] = (hunt.byTarget[target.name] ?? 0) + 1;
      try {
        await target.eat(bytes);
      } catch (error) {
        if (!isRefusal(error) && hunt.faults.length < 20)
          hunt.faults.push({ target: target.name, error: String(error).slice(0, 300), bytes: bytes.toString('base64').slice(0, 4_000) });
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  hunt.grewMiB = Math.round(used() - early);
  return hunt;
}
