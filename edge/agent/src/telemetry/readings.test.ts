import type { Sample } from '@wayside/protocol';
import { describe, expect, it } from 'vitest';
import type { SiteEvent, SiteEventName } from '../api/types.ts';
import { Events } from '../events.ts';
import { createReadings } from './readings.ts';

const sample = (signal: string, value: number, observedAt: number): Sample => ({
  thing: 'pump-1',
  signal,
  value,
  observedAt,
  receivedAt: observedAt + 5,
  quality: 'good',
});

function listening(...only: SiteEventName[]) {
  const events = new Events();
  const heard: SiteEvent[] = [];
  const leave = events.onSite((event) => heard.push(event), only.length > 0 ? new Set(only) : undefined);
  return { events, heard, leave, readings: createReadings(events) };
}

describe('readings for who listens', () => {
  it('are told once for a thing, the newest of each signal, however often it spoke', () => {
    const { heard, readings } = listening();
    for (let at = 0; at < 20; at++) readings.hear('pump-1', [sample('flow', at, at), sample('pressure', -at, at)]);
    readings.hear('pump-1', [sample('flow', 99, 7)]);
    readings.tell();
    const signals = {
      flow: { value: 19, observedAt: 19, receivedAt: 24, quality: 'good' },
      pressure: { value: -19, observedAt: 19, receivedAt: 24, quality: 'good' },
    };
    expect(heard).toEqual([{ event: 'readings', data: { thing: 'pump-1', signals } }]);
  });

  it('are not told again while nothing new comes', () => {
    const { heard, readings } = listening();
    readings.hear('pump-1', [sample('flow', 1, 1)]);
    readings.tell();
    readings.tell();
    expect(heard).toHaveLength(1);
  });

  it('are not kept for nobody, nor for who wants other events', () => {
    const { events, heard, readings, leave } = listening('faults');
    readings.hear('pump-1', [sample('flow', 1, 1)]);
    leave();
    events.onSite((event) => heard.push(event));
    readings.tell();
    expect(heard).toEqual([]);
  });
});
