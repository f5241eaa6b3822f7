import type { FaultReport, RepairReport } from '@wayside/contract';
import type { Localized } from '@wayside/protocol';
import type { KnownOf } from '../advice/advice.ts';
import type { PastFault } from '../diagnosis/memory.ts';
import { signalsMeant } from '../packs/signals-meant.ts';
import type { Point } from '../telemetry/course.ts';
import type { PastMove } from './decide/decide-past.ts';
import type { Move } from './decide/move.ts';
import type { TalkedAbout } from './respond-types.ts';

/** What was done with a thing, and when (epoch ms): a repair here, or a case that a person took over. */
export type Done = { ref: string; at: number; title: Localized } & ({ kind: 'repair'; state: RepairReport['state'] } | { kind: 'case' });

/** What is kept of the past of the machines here. */
export type PastKnown = {
  /** Points of a signal in [from, to], epoch ms, oldest first; the newest `limit` when there are more. */
  samples(thing: string, signal: string, from: number, to: number, limit: number): Promise<Point[]>;
  /** Faults of a thing that are over, newest first. */
  faults(thing: string): Promise<PastFault[]>;
  /** What was done with a thing last, here or by a person; with a `fault`, what was done here for that. */
  done(thing: string, fault?: string): Promise<Done | undefined>;
  /** What is known of machines like a thing, from the service desk. */
  issues(thing: string): readonly KnownOf[];
};

/** An answer reads no more points than this, a day of one a second: a month of them would stop the edge for as long as it takes to unpack. */
const mostPoints = 86_400;
/** A moment is read from the last value before it, if it is no older than this. */
const lastsMs = 10 * 60_000;
const dayMs = 86_400_000;
/** Whether it gets worse is judged since it shows, by no less than the first of these, which led to it, and no more than the second. */
const trendMs = { least: 30 * 60_000, most: 6 * 3_600_000 };

/** Brings to a move what the past holds of what it asks. */
export async function lookBack(move: Move, thing: TalkedAbout | undefined, past: PastKnown, now: number): Promise<Move> {
  if (thing && move.kind === 'known') return { ...move, issues: past.issues(thing.id) };
  if (!thing || (move.kind !== 'read-past' && move.kind !== 'look-back' && move.kind !== 'judge')) return move;
  if (move.kind === 'judge' || move.kind === 'read-past') {
    const signal = signalsMeant(move.signal, thing.signals).find((one) => thing.latest(one) !== undefined) ?? move.signal;
    if (move.kind === 'judge') return { ...move, signal, points: await past.samples(thing.id, signal, now - dayMs, now, mostPoints) };
    if (move.figure === 'compare') return { ...move, ...(await compared({ ...move, signal }, thing.id, past, now)) };
    const from = move.from === move.to ? move.from - lastsMs : move.from;
    return { ...move, signal, points: await past.samples(thing.id, signal, from, move.to, mostPoints) };
  }
  return { ...move, ...(await seenOf(move, thing.id, past, now)) };
}

/** What it was then, and what it is lately: the last day, where then was longer than a moment. */
async function compared({ signal, from, to }: Extract<PastMove, { kind: 'read-past' }>, thing: string, past: PastKnown, now: number) {
  const yesterday = now - dayMs;
  const until = from < yesterday ? Math.min(to, yesterday) : to;
  const since = from === to ? from - lastsMs : from;
  return {
    signal,
    to: until,
    points: await past.samples(thing, signal, since, until, mostPoints),
    lately: until - from < dayMs / 2 ? [] : await past.samples(thing, signal, yesterday, now, mostPoints),
  };
}

async function seenOf({ asks, fault, within }: Extract<PastMove, { kind: 'look-back' }>, thing: string, past: PastKnown, now: number) {
  if (asks === 'done') return { done: doneWithin(await past.done(thing), within) };
  if (asks === 'before' || !fault)
    return { faults: await past.faults(thing), done: doneWithin(await past.done(thing, within ? undefined : fault?.fault), within) };
  const shown = asks === 'worse' ? shownBy(fault) : undefined;
  if (!shown) return {};
  const from = now - Math.min(trendMs.most, Math.max(trendMs.least, now - fault.since));
  return { shown: { ...shown, points: await past.samples(thing, shown.signal, from, now, mostPoints) } };
}

const doneWithin = (done: Done | undefined, within: { from: number; to: number } | undefined) =>
  done && within && (done.at < within.from || done.at > within.to) ? undefined : done;

/** The signal that speaks most for a fault, and which way it goes when that gets worse. */
function shownBy({ evidence }: FaultReport) {
  const [best] = evidence
    .filter((one) => one.for && one.signal !== undefined && typeof one.value === 'number')
    .sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0));
  if (!best || typeof best.value !== 'number') return undefined;
  const { low, high, value } = best;
  const worse: 'up' | 'down' | undefined =
    high !== undefined && value >= high ? 'up' : low !== undefined && value <= low ? 'down' : undefined;
  return { signal: best.signal!, worse };
}
