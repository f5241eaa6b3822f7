import { describe, expect, it } from 'vitest';
import type { Finding } from './evidence.ts';
import { type Cause, chanceOf, type Link, quietOf, weigh } from './network.ts';

/** A seeded stream of numbers in [0, 1): mulberry32, public domain. */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function network(seed: number, causes: number, findings: number): { causes: Cause[]; findings: Finding[] } {
  const random = stream(seed);
  return {
    findings: Array.from({ length: findings }, (_, f): Finding => {
      const present = random() < 0.3;
      const [yes, falsely] = [0.5 + random() / 2, random() / 50];
      const seen = { present, leak: random() / 50, ofTrue: present ? yes : 1 - yes, ofFalse: present ? falsely : 1 - falsely };
      return { kind: 'symptom', ref: `f${f}`, link: () => 0, unknown: 0, ...seen };
    }),
    causes: Array.from({ length: causes }, (_, c) => ({
      id: `c${c}`,
      odds: random() / 50,
      links: Array.from({ length: findings }, (_, f): Link => [f, random() < 0.4 ? random() : 0]),
    })),
  };
}

describe('a network of causes', () => {
  it.each([1, 2, 3, 4, 5])('weighs every set of up to three as Bayes does term by term (%i)', (seed) => {
    const { causes, findings } = network(seed, 6, 20);
    const subsets = Array.from({ length: 2 ** 6 }, (_, bits) => causes.flatMap((_, c) => ((bits >> c) & 1 ? [c] : []))).filter(
      (set) => set.length <= 3,
    );
    const joint = new Map(
      subsets.map((set) => {
        const prior = set.reduce((product, c) => product * causes[c]!.odds, 1);
        const seen = findings.reduce(
          (product, finding, f) =>
            product *
            chanceOf(
              finding,
              set.reduce((quiet, c) => quiet * quietOf(causes[c]!.links[f]![1]), 1),
            ),
          1,
        );
        return [set.join(), prior * seen];
      }),
    );
    const total = [...joint.values()].reduce((a, b) => a + b);
    for (const { members, probability } of weigh(causes, findings)) expect(probability).toBeCloseTo(joint.get(members.join())! / total, 6);
  });

  it('sums to one, and leaves out only what is negligible', () => {
    const { causes, findings } = network(7, 25, 150);
    const sets = weigh(causes, findings);
    expect(sets.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    expect(sets.length).toBeGreaterThan(0);
  });

  it('never takes a certain link for a certain sign: a cause is not ruled out by one thing missed', () => {
    const missed: Finding = {
      kind: 'symptom',
      ref: 'f',
      present: false,
      leak: 0,
      ofTrue: 0,
      ofFalse: 1,
      unknown: 0,
      link: () => 1,
    };
    expect(chanceOf(missed, quietOf(1))).toBeGreaterThan(0);
    expect(chanceOf(missed, 1)).toBe(1);
  });
});
