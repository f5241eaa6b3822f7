import { type FaultReport, redact, redactTurn, type Turn } from '@wayside/contract';
import { loadPack, packsRoot } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import { briefOf } from './brief.ts';

const pack = await loadPack(`${packsRoot}/vehicle`);
const both = (text: string) => ({ en: text, zh: text });
const fault = (id: string, more: Partial<FaultReport> = {}): FaultReport => ({
  thing: 'car-1',
  fault: id,
  title: pack.faults[id]!.title,
  explanation: both('why'),
  severity: 'warning',
  safety: 'gently',
  safetyAdvice: both('gently'),
  probability: 0.8,
  since: 0,
  evidence: [],
  ...(pack.faults[id]!.procedure ? { procedure: pack.faults[id]!.procedure as string } : {}),
  ...more,
});
const line = (n: number, text: string, intent?: string): Turn => ({
  id: `t${n}`,
  session: 's',
  at: n,
  by: 'operator',
  text,
  citations: [],
  ...(intent ? { intent } : {}),
});
const procedure = Object.entries(pack.faults).find(([, one]) => one.procedure && pack.procedures[one.procedure]!.steps.length > 2)!;

describe('what the person never has to say again', () => {
  it('begins in an emergency with the people, not with a repair', () => {
    const next = (emergency: boolean) =>
      briefOf({ transcript: [], faults: [fault(procedure[0], { safety: 'gently' })], dtcs: [], steps: [] }, pack, undefined, emergency).next
        .en;
    expect(next(true)).toMatch(/everybody is out of danger/);
    expect(next(false)).toMatch(/^Begin/);
  });

  it('is the problem in their words, without greetings and the wish for a person', () => {
    const { said } = briefOf(
      {
        transcript: [
          line(1, 'Hello', 'hello'),
          line(2, 'It shakes on the motorway'),
          line(3, 'What now', 'howto'),
          line(4, 'a person please', 'person'),
        ],
        faults: [],
        dtcs: [],
        steps: [],
      },
      pack,
      undefined,
    );
    expect(said).toEqual(['It shakes on the motorway', 'What now']);
  });
  it('is what is still open: what nobody asked, and what no cause explains', () => {
    const one = fault(procedure[0], { unexplained: [{ kind: 'symptom', ref: 'x', title: both('A hum') }] });
    const { open } = briefOf({ transcript: [], faults: [one], dtcs: [], steps: [] }, pack, undefined);
    expect(open[0]!.en).toBe('Unexplained: A hum');
    const observations = Object.keys(procedure[1].observations);
    const asked = observations.map((observation) => ({ observation, question: both('q'), answer: 'no' as const }));
    expect(briefOf({ transcript: [], faults: [{ ...one, asked, unexplained: [] }], dtcs: [], steps: [] }, pack, undefined).open).toEqual(
      [],
    );
  });
  it('leads on from what was tried, and doubts the cause when it did not help', () => {
    const steps = pack.procedures[procedure[1].procedure!]!.steps;
    const tried = (n: number, outcome: 'done' | 'failed') =>
      steps.slice(0, n).map(({ id, text }) => ({ procedure: procedure[1].procedure!, step: id, text, at: 0, outcome }));
    const next = (n: number, outcome: 'done' | 'failed') =>
      briefOf({ transcript: [], faults: [fault(procedure[0], { safety: 'stop' })], dtcs: [], steps: tried(n, outcome) }, pack, undefined)
        .next;
    expect(next(0, 'done').en).toMatch(/^Keep it stopped\. Begin “/);
    expect(next(1, 'done').en).toContain(`Go on with “${pack.procedures[procedure[1].procedure!]!.title.en}”: ${steps[1]!.text.en}`);
    expect(next(2, 'failed').zh).toContain('没有奏效');
    expect(briefOf({ transcript: [], faults: [], dtcs: [], steps: [] }, undefined, undefined).next.en).toMatch(/^No fault was found/);
    const code = { thing: 'car-1', code: 'P0301', title: both('Misfire'), at: 1 };
    const reports = (state: 'pending' | 'cleared') =>
      briefOf({ transcript: [], faults: [], dtcs: [{ ...code, state }], steps: [] }, undefined, undefined).next.en;
    expect(reports('pending')).toMatch(/^No fault is certain, but it reports P0301 \(Misfire\)/);
    expect(reports('cleared')).toMatch(/^No fault was found/);
  });
  it('says nothing of how they felt unless it is given', () =>
    expect(briefOf({ transcript: [], faults: [], dtcs: [], steps: [] }, pack, undefined)).not.toHaveProperty('mind'));
});

describe('what leaves the edge without consent', () => {
  it.each([
    ['call me at +49 170 1234567 please', 'call me at [number] please'],
    ['我的电话是13812345678，邮箱 a.b@example.com', '我的电话是[number]，邮箱 [e-mail]'],
    ['card 4111 1111 1111 1111', 'card [card]'],
    ['P0301 at 2500 rpm, 92.5 °C at 10:45, VIN WVWZZZ1JZ3W386752', 'P0301 at 2500 rpm, 92.5 °C at 10:45, VIN WVWZZZ1JZ3W386752'],
    ['on 2026-11-26 it began', 'on 2026-11-26 it began'],
  ])('%s', (text, sent) => expect(redact(text, { contact: false })).toBe(sent));
  it('is what was said, once they agreed; and a technician is never redacted', () => {
    expect(redact('call 0170 1234567', { contact: true })).toBe('call 0170 1234567');
    expect(redactTurn({ ...line(1, 'call 0170 1234567'), by: 'technician' }, { contact: false }).text).toBe('call 0170 1234567');
  });
  it('takes no time over a hundred kilobytes of digits', () => {
    const started = performance.now();
    redact('1 '.repeat(50_000), { contact: false });
    redact('a@'.repeat(50_000), { contact: false });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
