import { describe, expect, it } from 'vitest';
import type { CaseRow } from '../api/types.ts';
import { neighbour, ordered } from './order.ts';

const row = (id: string, part: Partial<CaseRow> = {}): CaseRow => ({
  id,
  edge: 'e',
  state: 'open',
  urgency: 'normal',
  attention: 'takes-over',
  openedAt: 1_000,
  waitingSince: 1_000,
  updatedAt: 1_000,
  title: { en: id, zh: id },
  summary: { en: id, zh: id },
  locale: 'en',
  technician: null,
  rule: 'asked',
  unread: 0,
  ...part,
});
const ids = (cases: CaseRow[]) => ordered(cases).map((each) => each.id);

describe('the queue', () => {
  it('puts an urgent case before one that has waited longer', () => {
    expect(ids([row('old', { waitingSince: 1 }), row('urgent', { urgency: 'urgent', waitingSince: 900 })])).toEqual(['urgent', 'old']);
  });

  it('puts who is to be helped before who is only watched', () => {
    expect(
      ids([row('watched', { attention: 'looks-on', waitingSince: null, severity: 'danger' }), row('asked', { waitingSince: null })]),
    ).toEqual(['asked', 'watched']);
  });

  it('puts who waits before who was answered', () => {
    expect(ids([row('answered', { waitingSince: null, severity: 'danger' }), row('waits')])).toEqual(['waits', 'answered']);
  });

  it('puts danger before advice, and the longest wait first among equals', () => {
    const cases = [
      row('late', { severity: 'advice', waitingSince: 9 }),
      row('early', { severity: 'advice', waitingSince: 2 }),
      row('bad', { severity: 'danger', waitingSince: 99 }),
    ];
    expect(ids(cases)).toEqual(['bad', 'early', 'late']);
  });

  it('shows the newest resolved case first', () => {
    expect(ids([row('a', { state: 'resolved', updatedAt: 1 }), row('b', { state: 'resolved', updatedAt: 2 })])).toEqual(['b', 'a']);
  });
});

describe('j and k', () => {
  const list = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

  it('step through the list and stop at its ends', () => {
    expect(neighbour(list, 'a', 1)).toBe('b');
    expect(neighbour(list, 'c', 1)).toBe('c');
    expect(neighbour(list, 'a', -1)).toBe('a');
  });

  it('begin at the first when the selected one has left the list', () => {
    expect(neighbour(list, 'gone', 1)).toBe('a');
    expect(neighbour([], 'gone', 1)).toBeUndefined();
  });
});
