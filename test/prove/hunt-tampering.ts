import { verifyBytes } from '@wayside/record';
import { nodePrimitives as p, signerFrom } from '@wayside/record/node';
import { drawFrom, type Prey, rehearse, type Tampering, tamper, tamperings } from '@wayside/record/rehearse';

export type Hunt = {
  tried: number;
  caught: number;
  byKind: Partial<Record<Tampering, number>>;
  /** Tamperings nobody noticed: with these the same record and change come again. */
  missed: { kind: Tampering; record: number; at: number }[];
  honest: number;
  falseAlarms: number;
};

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** True records of every sort: of one conversation and of a whole edge, with receipts and without, with erasures and a log begun anew, of one key and of many. */
async function records(seed: number): Promise<Prey[]> {
  const shapes = [
    { session: 0, turns: 4, sessions: 2 },
    { session: 0, turns: 8, sessions: 2, witnesses: 1, perSeal: 4, sealsPerKey: 1 },
    { turns: 6, sessions: 2, sealsPerKey: 1, perSeal: 3 },
    { session: 1, turns: 9, sessions: 3, erase: true, perSeal: 3, sealsPerKey: 2 },
    { session: 0, turns: 12, sessions: 2, witnesses: 1, perSeal: 3, sealsPerKey: 2, restore: true },
  ];
  return Promise.all(
    shapes.map(async (shape, i) => {
      const edge = `edge_${seed}_${i}`;
      const { text, keys } = await rehearse({ p, signerFrom, seed: seed * 100 + i, edge, ...shape });
      const { text: other } = await rehearse({ p, signerFrom, seed: seed * 100 + i + 50, edge, ...shape });
      return { text, keys, other };
    }),
  );
}

/** Tampers with records, and counts what the verifier notices. The same seed does the same. */
export async function huntTampering(count: number, seed: number): Promise<Hunt> {
  const draw = drawFrom(seed);
  const hunt: Hunt = { tried: 0, caught: 0, byKind: {}, missed: [], honest: 0, falseAlarms: 0 };
  let prey = await records(seed);
  for (let at = 0; hunt.tried < count; at++) {
    if (at % 5_000 === 0) {
      prey = await records(seed * 1_000 + at / 5_000);
      for (const { text } of prey) {
        hunt.honest++;
        if (!verifyBytes(p, bytesOf(text)).ok) hunt.falseAlarms++;
      }
    }
    const kind = tamperings[draw() % tamperings.length] as Tampering;
    const record = draw() % prey.length;
    const changed = tamper(p, kind, prey[record] as Prey, draw);
    if (!changed) continue;
    hunt.tried++;
    hunt.byKind[kind] = (hunt.byKind[kind] ?? 0) + 1;
    if (verifyBytes(p, changed).ok) hunt.missed.push({ kind, record, at });
    else hunt.caught++;
  }
  return hunt;
}
