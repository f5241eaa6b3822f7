import { describe, expect, it } from 'vitest';
import type { Handoff } from './case.ts';
import { isEmergency, titleOf } from './emergency.ts';

const both = (text: string) => ({ en: text, zh: text });
const asked = { id: 'asked', because: both('They asked.'), measures: {} };
const smoke = { id: 'emergency', because: both('They told of one.'), title: both('Smoke'), measures: {} };
const fault = { title: both('Misfire') } as Handoff['faults'][number];
const plain = { rule: asked, faults: [], summary: both('Car: no fault found.') };

describe('a case in a list', () => {
  it('is called by its emergency, told then or since, before any fault', () => {
    expect(titleOf({ ...plain, rule: smoke, faults: [fault] }).en).toBe('Smoke');
    expect(titleOf({ ...plain, raised: { at: 1, rule: smoke }, faults: [fault] }).en).toBe('Smoke');
    expect(titleOf({ ...plain, rule: { id: 'emergency', because: both('x'), measures: {} }, faults: [fault] }).en).toBe('Misfire');
  });

  it('else by its fault, else by what they said, else by the summary', () => {
    const brief = { said: ['it rattles', 'it still rattles'], open: [], next: both('Ask.') };
    expect(titleOf({ ...plain, faults: [fault], brief }).en).toBe('Misfire');
    expect(titleOf({ ...plain, brief }).zh).toBe('“it still rattles”');
    expect(titleOf(plain).en).toBe('Car: no fault found.');
  });

  it('is an emergency when they told of one, then or since', () => {
    expect([{ rule: smoke }, { rule: asked, raised: { at: 1, rule: smoke } }, { rule: asked }].map(isEmergency)).toEqual([
      true,
      true,
      false,
    ]);
  });
});
