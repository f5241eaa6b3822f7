import { describe, expect, it } from 'vitest';
import { afterOpenTime, desk, deskAt, deskExample } from './desk.ts';

const at = (iso: string) => Date.parse(iso);
const berlin = { zone: 'Europe/Berlin', hours: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }] };
const opens = (iso: string, hours = berlin) => {
  const { open, opensAt } = deskAt(hours, at(iso));
  return open || (opensAt === undefined ? 'never' : new Date(opensAt).toISOString());
};

describe('the hours of the desk', () => {
  it('are on its own clock, wherever the edge is', () => {
    expect(opens('2026-11-26T07:30:00Z')).toBe(true);
    expect(opens('2026-11-26T06:59:59Z')).toBe('2026-11-26T07:00:00.000Z');
    expect(opens('2026-11-26T17:00:00Z')).toBe('2026-11-27T07:00:00.000Z');
    expect(opens('2026-11-27T18:00:00Z')).toBe('2026-11-30T07:00:00.000Z');
    expect(opens('2026-11-26T07:30:00Z', { ...berlin, zone: 'Asia/Shanghai' })).toBe(true);
    expect(opens('2026-11-26T10:30:00Z', { ...berlin, zone: 'Asia/Shanghai' })).toBe('2026-11-27T00:00:00.000Z');
  });
  it('stand when summer time begins and ends between now and then', () => {
    // Summer time ended on 2026-10-25 and begins on 2027-03-28 in Berlin.
    expect(opens('2026-10-23T20:00:00Z')).toBe('2026-10-26T07:00:00.000Z');
    expect(opens('2027-03-26T20:00:00Z')).toBe('2027-03-29T06:00:00.000Z');
  });
  it('may go past midnight, and may be none at all', () => {
    const night = { zone: 'UTC', hours: [{ days: [5], from: '22:00', to: '06:00' }] };
    expect([opens('2026-11-27T23:00:00Z', night), opens('2026-11-28T05:59:00Z', night), opens('2026-11-28T06:00:00Z', night)]).toEqual([
      true,
      true,
      '2026-12-04T22:00:00.000Z',
    ]);
    expect(deskAt({ zone: 'UTC', hours: [] }, 0)).toEqual({ open: true });
  });
  it('are the only time that counts towards a promise', () => {
    const due = (from: string, hours: number) => new Date(afterOpenTime(berlin, at(from), hours * 3_600_000)).toISOString();
    expect(due('2026-11-26T09:00:00Z', 2)).toBe('2026-11-26T11:00:00.000Z');
    expect(due('2026-11-27T16:00:00Z', 2)).toBe('2026-11-30T08:00:00.000Z');
    expect(due('2026-11-28T12:00:00Z', 11)).toBe('2026-12-01T08:00:00.000Z');
    expect(afterOpenTime({ zone: 'UTC', hours: [] }, 5, 10)).toBe(15);
  });
  it('hardly there at all still let a promise be due', () => {
    const rare = { zone: 'UTC', hours: [{ days: [1], from: '08:00', to: '08:01' }] };
    expect(afterOpenTime(rare, at('2026-11-26T09:00:00Z'), 90 * 86_400_000)).toBeGreaterThan(at('2027-11-26T09:00:00Z'));
  });
  it('are refused when they are no times', () => {
    expect(desk.safeParse(deskExample).success).toBe(true);
    expect(desk.safeParse({ ...deskExample, hours: [{ days: [8], from: '08:00', to: '18:00' }] }).success).toBe(false);
    expect(desk.safeParse({ ...deskExample, hours: [{ days: [1], from: '8', to: '18:00' }] }).success).toBe(false);
  });
});
