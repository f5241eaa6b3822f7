import { afterOpenTime, type DeskHours, type Handoff, isEmergency } from '@wayside/contract';
import type { QueueRules } from '../api/queue-types.ts';

const minute = 60_000;
const rank = { info: 0, advice: 1, warning: 2, danger: 3 } as const;

/** What a handoff says that decides its case's place in the queue. */
export function placeOf(handoff: Handoff) {
  const { route, person, brief, locale } = handoff;
  const worst = isEmergency(handoff) ? 'danger' : handoff.faults[0]?.severity;
  return {
    severity: worst ? rank[worst] : route ? Math.round(route.severity) : null,
    value: person?.customerValue ?? route?.customerValue ?? null,
    mood: brief?.mind?.mood ?? null,
    skill: route?.skill?.id ?? null,
    locale,
  };
}

/** When somebody is to have replied, and when it is to be resolved: epoch ms, counted in the desk's own hours. */
export function promiseOf(urgency: 'urgent' | 'normal', from: number, rules: QueueRules, desk: DeskHours) {
  const { reply, resolve } = rules.promise[urgency];
  return { replyDue: afterOpenTime(desk, from, reply * minute), resolveDue: afterOpenTime(desk, from, resolve * minute) };
}

type Clocked = {
  state: string;
  openedAt: number;
  waitingSince: number | null;
  firstReplyAt: number | null;
  replyDue: number | null;
  resolveDue: number | null;
  snoozedUntil: number | null;
};

/** What is due next. A case that sleeps, is resolved, or at which somebody only looks on, has no clock. */
export function clockOf(row: Clocked, rules: QueueRules, now: number): { for: 'reply' | 'resolve'; warnAt: number; dueAt: number } | null {
  if (row.state === 'resolved' || (row.snoozedUntil ?? 0) > now) return null;
  const replied = row.firstReplyAt !== null;
  if (!replied && row.waitingSince === null) return null;
  const dueAt = replied ? row.resolveDue : row.replyDue;
  if (dueAt === null) return null;
  return { for: replied ? 'resolve' : 'reply', dueAt, warnAt: Math.round(row.openedAt + (dueAt - row.openedAt) * rules.promise.warn) };
}
