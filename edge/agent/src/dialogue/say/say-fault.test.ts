import type { FaultReport } from '@wayside/contract';
import { describe, expect, it } from 'vitest';
import { plainly } from '../feelings/acknowledge.ts';
import type { AnswerContext } from './answer-context.ts';
import { explain, safe } from './say-fault.ts';

const both = (text: string) => ({ en: text, zh: `${text}。` });
const seen = (n: number): FaultReport['evidence'][number] => ({
  kind: 'symptom',
  ref: `s${n}`,
  title: both(`sign ${n}`),
  for: true,
  signal: 'temperature',
  value: 100 + n,
  at: n,
});
const fault: FaultReport = {
  thing: 't',
  fault: 'hot',
  title: both('Too hot'),
  explanation: both('It gets no air.'),
  severity: 'warning',
  safety: 'stop',
  safetyAdvice: both('Stop now.'),
  probability: 0.9,
  since: 0,
  evidence: [1, 2, 3, 4, 5].map(seen),
};
const context = (likes: Partial<AnswerContext>): AnswerContext => ({
  locale: 'en',
  mind: [],
  now: 0,
  thing: undefined,
  turned: false,
  advised: () => false,
  things: [
    {
      id: 't',
      title: 'Thing',
      family: 'f',
      signals: { temperature: { title: both('Temperature'), type: 'number', unit: 'celsius' } },
      actions: {},
      latest: () => undefined,
      online: true,
      busy: false,
    },
  ],
  placed: [],
  packOf: () => undefined,
  dtcs: [],
  question: undefined,
  manner: plainly,
  called: 'nobody',
  lastAnswer: undefined,
  unheard: 0,
  because: undefined,
  faults: [],
  rate: () => undefined,
  units: 'metric',
  verbosity: 'normal',
  ...likes,
});
const said = (likes: Partial<AnswerContext>) => explain(fault, [], context(likes)).parts.filter(Boolean).join(' ');

describe('a fault explained as somebody likes it', () => {
  it('says what keeps people safe first, however short they like it', () => {
    for (const verbosity of ['short', 'normal', 'full'] as const) expect(said({ verbosity })).toMatch(/^Stop now\./);
  });

  it('gives one sign in short, three as usual, and all of them in full', () => {
    const signs = (verbosity: AnswerContext['verbosity']) => said({ verbosity }).match(/sign \d/g)?.length;
    expect([signs('short'), signs('normal'), signs('full')]).toEqual([1, 3, 5]);
    expect(said({ verbosity: 'short' })).not.toMatch(/gets no air/);
  });

  it('gives its figures in the units somebody thinks in, and cites the same', () => {
    expect(said({ verbosity: 'short' })).toMatch(/101 °C/);
    const us = explain(fault, [], context({ verbosity: 'short', units: 'us' }));
    expect(us.parts.join(' ')).toMatch(/214 °F/);
    expect(us.citations?.[1]?.text).toBe('Temperature: 214 °F');
  });
});

describe('what comes of it where nothing is done', () => {
  const left = (likes: Partial<AnswerContext>, untreated?: ReturnType<typeof both>) =>
    safe(fault, context({ packOf: () => ({ faults: { hot: { untreated } } }) as never, ...likes }), 'untreated').parts.filter(Boolean);
  it('comes after what may still be done, where that was not said a moment ago', () => {
    expect(left({}, both('It melts.'))).toEqual(['Stop now.', 'If nothing is done: It melts.']);
    expect(left({ advised: () => true }, both('It melts.'))).toEqual(['If nothing is done: It melts.']);
  });
  it('is, where nobody wrote it down, whether it may go on', () => expect(left({})).toEqual(expect.arrayContaining(['No.', 'Stop now.'])));
});
