import type { FaultReport } from '@wayside/contract';
import { expect, it } from 'vitest';
import { advisedAfter, wasAdvised } from './advised.ts';

const fault = { thing: 't1', fault: 'belt', safety: 'gently', safetyAdvice: { en: 'Run it gently.', zh: '请轻载运行。' } } as FaultReport;
const after = (text: string, ref: string) =>
  advisedAfter({ advised: {} }, { text, citations: [{ kind: 'fault', ref, text: '' }] }, [fault], 'en', 1_000);

it('what may still be done counts as said of a fault that was spoken of with it, for ten minutes, and never of one that says stop', () => {
  const advised = after('Run it gently. This is probably: the belt.', 'belt');
  expect(wasAdvised({ advised }, fault, 600_999)).toBe(true);
  expect(wasAdvised({ advised }, fault, 601_000)).toBe(false);
  expect(wasAdvised({ advised }, { ...fault, safety: 'stop' }, 1_001)).toBe(false);
  expect(advisedAfter({ advised }, { text: 'Hello.', citations: [] }, [fault], 'en', 601_000)).toEqual({});
  for (const said of [after('Run it gently, says an article.', 'other'), after('This is probably: the belt.', 'belt')])
    expect(said).toEqual({});
});
