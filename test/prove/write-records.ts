import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { verifyBytes } from '@wayside/record';
import { nodePrimitives as p, signerFrom } from '@wayside/record/node';
import { drawFrom, rehearse, tamper, tamperings } from '@wayside/record/rehearse';

/** Writes the records that every verifier must agree on: record/vectors/records. Run by hand when the format changes: node test/prove/write-records.ts */
const folder = resolve(import.meta.dirname, '../../record/vectors/records');
mkdirSync(folder, { recursive: true });
const expected: Record<string, { ok: boolean; code?: string }> = {};
const bytesOf = (text: string) => new TextEncoder().encode(text);

function keep(name: string, bytes: Uint8Array): void {
  const { ok, problem } = verifyBytes(p, bytes);
  writeFileSync(resolve(folder, `${name}.jsonl`), bytes);
  expected[name] = { ok, ...(problem ? { code: problem.code } : {}) };
}

const shapes = {
  conversation: { session: 0, turns: 8, sessions: 2, perSeal: 4, sealsPerKey: 2 },
  'whole-edge': { turns: 8, sessions: 2, perSeal: 4, sealsPerKey: 1 },
  witnessed: { session: 0, turns: 8, sessions: 2, perSeal: 4, witnesses: 2, sealsPerKey: 1 },
  erased: { session: 0, turns: 24, sessions: 2, perSeal: 4, erase: true },
  restored: { session: 0, turns: 12, sessions: 2, perSeal: 3, witnesses: 1, sealsPerKey: 2, restore: true },
};
for (const [i, [name, shape]] of Object.entries(shapes).entries()) {
  const edge = `edge_${name}`;
  const { text, keys } = await rehearse({ p, signerFrom, seed: 700 + i, edge, ...shape });
  const { text: other } = await rehearse({ p, signerFrom, seed: 800 + i, edge, ...shape });
  keep(name, bytesOf(text));
  for (const kind of tamperings) {
    const draw = drawFrom(i);
    let changed: Uint8Array | undefined;
    for (let tries = 0; !changed && tries < 50; tries++) changed = tamper(p, kind, { text, keys, other }, draw);
    if (changed) keep(`${name}-${kind.replace(' ', '-')}`, changed);
  }
}
writeFileSync(resolve(folder, 'expected.json'), `${JSON.stringify(expected, null, 1)}\n`);
