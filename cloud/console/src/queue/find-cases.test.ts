import { describe, expect, it } from 'vitest';
import type { CaseRow } from '../api/types.ts';
import { findCases } from './find-cases.ts';

const row = (id: string, more: object) =>
  ({
    id,
    edge: 'edge-1',
    title: { en: 'Misfire', zh: '失火' },
    summary: { en: 'It shakes', zh: '抖动' },
    technician: null,
    ...more,
  }) as CaseRow;
const cases = [
  row('c-1', { said: 'It rattles uphill', person: 'Ada Lovelace' }),
  row('c-2', { thingTitles: { en: 'Family car', zh: '家用车' }, technician: { id: 't', name: 'Ben' } }),
];

describe('cases are found', () => {
  it.each([
    ['', ['c-1', 'c-2']],
    ['rattles ADA', ['c-1']],
    ['家用车', ['c-2']],
    ['失火 ben', ['c-2']],
    ['misfire uphill ben', []],
  ])('by “%s”', (words, found) => expect(findCases(cases, words).map(({ id }) => id)).toEqual(found));
});
