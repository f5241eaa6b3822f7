import type { FaultReport, Turn } from '@wayside/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EdgeStore, openEdgeStore } from '../store/open.ts';
import { waiting } from '../sync/outbox.ts';
import { capsule, summarize } from './capsule.ts';
import { advance, arrived, becameSafe, latestHandoff, openHandoff, raiseHandoff, reopen, saveHandoff } from './handoffs.ts';
import { telling, thin } from './traces.ts';

const now = Date.UTC(2026, 10, 22, 10);
const both = (text: string) => ({ en: text, zh: `${text}。` });
const fault = (id: string, more: Partial<FaultReport> = {}): FaultReport => ({
  thing: 'car-1',
  fault: id,
  title: both(id),
  explanation: both('why'),
  severity: 'warning',
  safety: 'gently',
  safetyAdvice: both('gently'),
  probability: 1,
  since: now,
  evidence: [],
  ...more,
});
const turn = (n: number, text: string): Turn => ({ id: `t${n}`, session: 's', at: now + n, by: 'operator', text, citations: [] });
const parts = (transcript: Turn[] = []) => ({
  session: { id: 's', channel: 'panel', locale: 'en' as const },
  rule: { id: 'asked', because: both('asked'), measures: {} },
  urgency: 'normal' as const,
  faults: [fault('misfire')],
  dtcs: [],
  traces: [],
  steps: [],
  transcript,
  signals: {},
});

describe('the case capsule', () => {
  it('keeps the newest of a very long conversation', () => {
    const long = Array.from({ length: 1_000 }, (_, n) => turn(n, `line ${n}`));
    expect(capsule(parts(long), now).transcript.map((t) => t.text)).toEqual(long.slice(-200).map((t) => t.text));
  });

  it('is summed up in facts, and claims no certainty', () => {
    const { en, zh } = summarize({
      ...parts([turn(1, 'It shakes')]),
      thing: { id: 'car-1', title: 'Car', family: 'vehicle', presence: 'online' },
    });
    expect(en).toBe('Car: misfire (99%). They said: “It shakes”');
    expect(zh).toContain('99%');
  });
});

describe('traces', () => {
  it('thin keeps every spike', () => {
    const points = Array.from({ length: 50_000 }, (_, i): [number, number] => [i, i === 31_234 ? 99 : Math.sin(i / 100)]);
    const kept = thin(points);
    expect(kept.length).toBeLessThanOrEqual(600);
    expect(kept).toContainEqual([31_234, 99]);
    expect(kept.map(([at]) => at)).toEqual(kept.map(([at]) => at).toSorted((a, b) => a - b));
  });

  it('begin with the signals that are evidence', () => {
    const model = { a: { title: 'A', type: 'number' }, b: { title: 'B', type: 'number' }, c: { title: 'C', type: 'string' } } as const;
    const found = telling(
      [fault('x', { evidence: [{ kind: 'symptom', ref: 's', title: both('s'), for: true, signal: 'b' }] })],
      undefined,
      model,
    );
    expect(found).toEqual(['b', 'a']);
  });
});

describe('a handoff', () => {
  let store: EdgeStore;
  beforeEach(async () => {
    store = await openEdgeStore(':memory:', () => now);
  });
  afterEach(() => store.close());

  it('is kept together with its record for the hub, or not at all', async () => {
    const { db } = store;
    await expect(
      db.transaction().execute(async (tx) => {
        await saveHandoff(tx, capsule(parts(), now));
        throw new Error('cut off here');
      }),
    ).rejects.toThrow();
    expect([await latestHandoff(db, 's'), await waiting(db, 10)]).toEqual([null, []]);
    await db.transaction().execute((tx) => saveHandoff(tx, capsule(parts(), now)));
    expect((await waiting(db, 10)).map((r) => r.kind)).toEqual(['handoff']);
  });

  it('only moves forward, and is said to be at the hub only when nothing of it waits here', async () => {
    const { db } = store;
    const { case: id } = await saveHandoff(db, capsule(parts(), now));
    expect(await arrived(db)).toEqual([]);
    await db.deleteFrom('outbox').execute();
    expect(await arrived(db)).toEqual([id]);
    expect(await advance(db, id, 'answered', 'Ana')).toMatchObject({ state: 'answered', technician: 'Ana' });
    expect(await advance(db, id, 'seen')).toBeNull();
    expect(await advance(db, id, 'resolved')).toMatchObject({ state: 'resolved', technician: 'Ana' });
    expect([await openHandoff(db, 's'), (await latestHandoff(db, 's'))?.state]).toEqual([null, 'resolved']);
  });

  it('that asks for more than the hub knows is saved here again until the hub has that, too; not one that a technician has seen', async () => {
    const { db } = store;
    const { case: id } = await saveHandoff(db, capsule(parts(), now));
    const rule = { id: 'asked', because: both('Asked.'), measures: {} };
    const more = { case: id, session: 's', at: now, urgency: 'normal' as const, attention: 'takes-over' as const, rule, faults: [] };
    await db.deleteFrom('outbox').execute();
    await advance(db, id, 'at-hub');
    expect(await raiseHandoff(db, more)).toMatchObject({ state: 'saved', attention: 'takes-over' });
    expect(await arrived(db)).toEqual([]);
    await db.deleteFrom('outbox').execute();
    expect(await arrived(db)).toEqual([id]);
    await advance(db, id, 'seen');
    expect(await raiseHandoff(db, { ...more, urgency: 'urgent' })).toMatchObject({ state: 'seen', urgency: 'urgent' });
  });

  it('is open again when the hub opens a resolved one, and goes its way anew', async () => {
    const { db } = store;
    const { case: id } = await saveHandoff(db, capsule(parts(), now));
    await advance(db, id, 'answered', 'Ana');
    expect(await reopen(db, id), 'it was not resolved').toBeNull();
    await advance(db, id, 'resolved');
    const again = await reopen(db, id);
    expect(again).toMatchObject({ case: id, session: 's', state: 'at-hub' });
    expect(again).not.toHaveProperty('technician');
    expect(await openHandoff(db, 's')).toMatchObject({ case: id, state: 'at-hub' });
    expect(await advance(db, id, 'seen', 'Ben')).toMatchObject({ state: 'seen', technician: 'Ben' });
  });

  it('is said to be safe when the hub has it and nothing is kept here for a hub that is lost, once', async () => {
    const { db } = store;
    const { case: id } = await saveHandoff(db, capsule(parts(), now));
    await advance(db, id, 'at-hub');
    expect(await becameSafe(db)).toEqual([]);
    await db.deleteFrom('outbox').execute();
    expect(await becameSafe(db)).toMatchObject([{ case: id, state: 'at-hub', safe: true }]);
    expect(await becameSafe(db)).toEqual([]);
    expect(await advance(db, id, 'seen')).toMatchObject({ state: 'seen', safe: true });
  });
});
