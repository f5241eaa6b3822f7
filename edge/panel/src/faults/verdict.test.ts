import { describe, expect, it } from 'vitest';
import type { Answer, Fault, ThingView } from '../api/types.ts';
import { emergencyVerdict, inOrder, mostPressing, verdictOf } from './verdict.ts';

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

  it('says to stop while somebody was told what to do in an emergency, whatever the faults allow', () => {
    const told: Answer = {
      text: 'Stop at the side now. Call 112. I am getting a person.',
      parts: [{ kind: 'do', text: 'Stop at the side now. Call 112.' }],
      rung: 'grammar',
      citations: [{ kind: 'rule', ref: 'emergency/fire', text: 'NFPA' }],
    };
    expect(emergencyVerdict(told)).toEqual({ safety: 'stop', fault: undefined, says: 'Stop at the side now.' });
    expect(emergencyVerdict({ ...told, citations: [] })).toBeUndefined();
    expect(emergencyVerdict(undefined)).toBeUndefined();
  });

  it('turns first to the machine in the worst trouble, and to the first among equals', () => {
    const things = [{ id: 'car' }, { id: 'house' }, { id: 'pump' }];
    const of = (thing: string, safety: Fault['safety'], probability: number) => ({ thing, safety, probability }) as Fault;
    expect(mostPressing(things, [of('house', 'gently', 0.99), of('car', 'gently', 0.5)])?.id).toBe('car');
    expect(mostPressing(things, [of('car', 'gently', 0.9), of('pump', 'stop', 0.3)])?.id).toBe('pump');
    expect(mostPressing(things, [])?.id).toBe('car');
    expect(mostPressing([], [])).toBeUndefined();
  });

  it('lists what stops first, then the likelier', () => {
    expect(inOrder([fault('a', 'go-on', 0.9), fault('b', 'stop', 0.1), fault('c', 'stop', 0.4)]).map((f) => f.fault)).toEqual([
      'c',
      'b',
      'a',
    ]);
  });
});
