import { firstSentence } from '@wayside/web/in-parts';
import type { Answer, Fault, Safety, ThingView } from '../api/types.ts';

/** `says`: what to do now, where no fault says it. */
export type Verdict = { safety: Safety | 'unknown'; fault: Fault | undefined; says?: string };

const worst: Record<Safety, number> = { stop: 0, gently: 1, 'go-on': 2 };

/** A cause less likely than this does not by itself stop a machine while a likelier one explains what is seen. */
const counts = 0.25;
/** After so long without a word a machine's health is not known, whatever was known before. */
const silentMs = 5 * 60_000;

/** Faults in the order to be read: what stops first, then the likelier. */
export function inOrder(faults: readonly Fault[]): Fault[] {
  return faults.toSorted((a, b) => worst[a.safety] - worst[b.safety] || b.probability - a.probability);
}

/** The thing in the worst trouble; among equals the first, as between machines a likelier cause is not a worse one. */
export function mostPressing<T extends { id: string }>(things: readonly T[], faults: readonly Fault[]): T | undefined {
  const rank = (thing: T) => Math.min(3, ...faults.filter((fault) => fault.thing === thing.id).map((fault) => worst[fault.safety]));
  return things.toSorted((a, b) => rank(a) - rank(b))[0];
}

/**
 * Whether it is safe to go on with a thing: the worst advice among the causes that count, or of the likeliest when none does.
 * Without a fault it is safe only if the machine is being heard.
 */
export function verdictOf(thing: ThingView | undefined, faults: readonly Fault[], now: number): Verdict {
  const counting = faults.filter((fault) => fault.probability >= counts);
  const fault = inOrder(counting)[0] ?? faults.toSorted((a, b) => b.probability - a.probability)[0];
  if (fault) return { safety: fault.safety, fault };
  const heard = thing && thing.presence !== 'offline' && thing.lastSeen !== null && now - thing.lastSeen < silentMs;
  return { safety: heard ? 'go-on' : 'unknown', fault: undefined };
}

/** Somebody told of danger and this is what they were told to do: until they speak of something else nothing on the screen may say to go on. */
export function emergencyVerdict(answer: Answer | undefined): Verdict | undefined {
  const told = answer?.citations.some(({ kind, ref }) => kind === 'rule' && ref.startsWith('emergency/'));
  const now = told && answer?.parts?.find(({ kind }) => kind === 'do');
  return now ? { safety: 'stop', fault: undefined, says: firstSentence(now.text)[0] } : undefined;
}
