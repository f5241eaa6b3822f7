import type { Desk } from '@wayside/contract';
import { describe, expect, it } from 'vitest';
import { openEdgeStore } from '../store/open.ts';
import { createDesk, noteOf } from './desk.ts';

const now = Date.parse('2026-11-26T20:00:00Z');
const desk: Desk = { at: now, zone: 'Europe/Berlin', hours: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' }], waiting: 0 };
const about = { safety: 'Drive gently.', said: '', emergency: false };

describe('what is said of who is there', () => {
  it('is when somebody is on shift, on the clock of this place, and what is safe until then', () => {
    expect(noteOf(desk, now, 'Europe/Berlin', 'en', about)).toBe('Nobody is on shift before 08:00 tomorrow. Until then: Drive gently.');
    expect(noteOf(desk, now, 'Europe/London', 'en', about)).toMatch(/^Nobody is on shift before 07:00 tomorrow\./);
    // In Shanghai it is four in the morning already: the same day.
    expect(noteOf(desk, now, 'Asia/Shanghai', 'zh', { ...about, safety: '请慢行。' })).toBe('15:00之前没有技术员值班。在此之前：请慢行。');
    expect(noteOf(desk, now + 86_400_000, 'Europe/Berlin', 'en', about)).toMatch(/before 08:00 on Monday/);
  });
  it('says nothing twice, and tells nobody in danger to wait', () => {
    expect(noteOf(desk, now, 'Europe/Berlin', 'en', { ...about, said: 'Drive gently. I am getting a person.' })).toBe(
      'Nobody is on shift before 08:00 tomorrow.',
    );
    expect(noteOf(desk, now, 'Europe/Berlin', 'en', { ...about, emergency: true })).toMatch(/Do not wait for them; do as said above\.$/);
  });
  it('is the queue while it is news, and nothing where nobody waits', () => {
    const noon = Date.parse('2026-11-26T11:00:00Z');
    const busy = { ...desk, at: noon, waiting: 3 };
    expect(noteOf(busy, noon, 'UTC', 'en', about)).toBe('3 requests are before yours.');
    expect(noteOf(busy, noon, 'UTC', 'zh', about)).toBe('前面还有 3 位在等。');
    expect(noteOf(busy, noon + 120_000, 'UTC', 'en', about)).toBeUndefined();
    expect(noteOf({ ...busy, waiting: 0 }, noon, 'UTC', 'en', about)).toBeUndefined();
  });
  it('is known after a restart, with no hub', async () => {
    const store = await openEdgeStore(':memory:', () => now);
    await createDesk(store.db, () => now).learn(desk);
    const again = createDesk(store.db, () => now, 'Europe/Berlin');
    expect(again.note('en', about)).toBeUndefined();
    await again.load();
    expect(again.note('en', about)).toMatch(/^Nobody is on shift/);
    await store.close();
  });
});
