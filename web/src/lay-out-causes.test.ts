import { describe, expect, it } from 'vitest';
import { type Cause, layOutCauses } from './lay-out-causes.ts';

const both = (text: string) => ({ en: text, zh: text });
const finding = (ref: string, isFor: boolean, weight: number) => ({ kind: 'symptom', ref, title: both(ref), for: isFor, weight });
const cause = (fault: string, probability: number, evidence: Cause['evidence'], wouldChange: Cause['wouldChange'] = []): Cause => ({
  fault,
  title: both(fault),
  probability,
  evidence,
  wouldChange,
});

describe('the picture of causes', () => {
  it('puts the likeliest cause first and draws a finding that two causes share once', () => {
    const { causes, findings, links } = layOutCauses([
      cause('b', 0.2, [finding('hot', true, 3)]),
      cause('a', 0.7, [finding('hot', true, 3), finding('low', false, 1)]),
    ]);
    expect(causes.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(findings).toHaveLength(2);
    expect(links.filter((link) => findings[link.finding]!.title.en === 'hot')).toHaveLength(2);
  });

  it('shows what could take its place, by which finding', () => {
    const change = { kind: 'observation', ref: 'noise', title: both('noise'), fault: 'c', faultTitle: both('c') };
    const { causes, findings, links } = layOutCauses([cause('a', 0.7, [finding('hot', true, 3)], [change])]);
    expect(causes.at(-1)).toMatchObject({ id: 'c', probability: undefined });
    expect(links.at(-1)).toEqual({
      cause: 1,
      finding: findings.findIndex(({ title }) => title.en === 'noise'),
      says: 'might',
      strength: 0,
    });
  });

  it('keeps to what fits a screen, the strongest first', () => {
    const many = Array.from({ length: 60 }, (_, i) => finding(`f${i}`, true, i));
    const { causes, findings, links, rows } = layOutCauses(Array.from({ length: 20 }, (_, i) => cause(`c${i}`, i / 20, many)));
    expect([causes.length, findings.length, rows]).toEqual([4, 7, 7]);
    expect(findings.some(({ title }) => title.en === 'f59')).toBe(true);
    for (const { cause: c, finding: f, strength } of links) expect([causes[c], findings[f], strength <= 1]).not.toContain(undefined);
  });

  it('is empty for nothing', () => expect(layOutCauses([])).toEqual({ causes: [], findings: [], links: [], rows: 0 }));
});
