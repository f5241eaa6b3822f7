import type { VisitEnd, VisitFrame } from '@wayside/contract';
import { describe, expect, it, vi } from 'vitest';
import { streamVisit, type Watched } from './stream.ts';

const visit = { visit: 'v', case: 'c', session: 's', by: 'Ada', until: 60_000, thing: 't', beganAt: 0 };
const reading = (value: number, observedAt: number) => ({ value, observedAt, receivedAt: observedAt, quality: 'good' as const });

/** Plays a visit over a made-up minute. @param hub what the hub answers at a time, or throws */
async function play(hub: (at: number, frame: VisitFrame) => boolean, ms: number, machine: Partial<Watched> = {}) {
  vi.useFakeTimers({ now: 0 });
  const ended: VisitEnd[] = [];
  const latest = new Map([['speed', reading(1, 1)]]);
  const stream = streamVisit(visit, {
    hub: { live: async (frame) => ({ on: hub(Date.now(), frame) }) },
    watched: () => ({ signals: { speed: { title: 'Speed', unit: 'km/h' } }, actions: {}, latest, ...machine }),
    now: Date.now,
    onEnd: (why) => ended.push(why),
  });
  for (let at = 0; at < ms; at += 1_000) {
    latest.set('speed', reading(at, at + 1));
    await vi.advanceTimersByTimeAsync(1_000);
  }
  stream.stop();
  vi.useRealTimers();
  return ended;
}

describe('the stream of a visit', () => {
  it('ends when nobody looks, when its time is over, and when the hub is silent', async () => {
    expect(await play((at) => at < 5_000, 10_000)).toEqual(['left']);
    expect(await play(() => true, 70_000)).toEqual(['time']);
    const away = (at: number) => {
      if (at > 3_000) throw new Error('away');
      return true;
    };
    expect(await play(away, 10_000)).toEqual([]);
    expect(await play(away, 30_000)).toEqual(['link']);
  });

  it('describes the machine once, then says what changed; what may never be done is not offered', async () => {
    const frames: VisitFrame[] = [];
    const actions: Watched['actions'] = {
      lamp: { title: 'Lamp', risk: 'R1', args: {} },
      brake: { title: 'Brake', risk: 'R3', args: {} },
    };
    const lost = (at: number, frame: VisitFrame) => {
      frames.push(frame);
      if (at < 1_000) throw new Error('lost');
      return true;
    };
    await play(lost, 3_500, { actions });
    expect(frames.slice(0, 4).map((frame) => frame.signals !== undefined)).toEqual([true, true, false, false]);
    expect(Object.keys(frames[1]?.actions ?? {})).toEqual(['lamp']);
    expect(frames.every((frame) => frame.readings.speed !== undefined)).toBe(true);
  });
});
