import { describe, expect, it } from 'vitest';
import type { Fault, ThingView } from '../api/types.ts';
import { inOrder, verdictOf } from './verdict.ts';

const fault = (id: string, safety: Fault['safety'], probability: number) => ({ fault: id, safety, probability }) as Fault;
const now = 1_000_000_000;
const thing = (presence: ThingView['presence'], lastSeen: number | null) => ({ presence, lastSeen }) as ThingView;

describe('is it safe to go on?', () => {
  it('takes the worst advice among the causes that count', () => {
    expect(verdictOf(undefined, [fault('a', 'gently', 0.6), fault('b', 'stop', 0.3)], now)).toMatchObject({ safety: 'stop' });
  });

  it('is not stopped by a cause that hardly counts', () => {
    expect(verdictOf(undefined, [fault('a', 'gently', 0.8), fault('b', 'stop', 0.05)], now)).toMatchObject({ safety: 'gently' });
  });

  it('takes the likeliest when no cause counts', () => {
    expect(verdictOf(undefined, [fault('a', 'go-on', 0.2), fault('b', 'stop', 0.1)], now)).toMatchObject({ safety: 'go-on' });
  });

  it('calls a machine without faults safe only while it is heard', () => {
    expect(verdictOf(thing('online', now - 1000), [], now).safety).toBe('go-on');
    expect(verdictOf(thing('offline', now - 1000), [], now).safety).toBe('unknown');
    expect(verdictOf(thing('online', now - 3_600_000), [], now).safety).toBe('unknown');
    expect(verdictOf(undefined, [], now).safety).toBe('unknown');
  });

  it('lists what stops first, then the likelier', () => {
    expect(inOrder([fault('a', 'go-on', 0.9), fault('b', 'stop', 0.1), fault('c', 'stop', 0.4)]).map((f) => f.fault)).toEqual([
      'c',
      'b',
      'a',
    ]);
  });
});
