import type { CommandOrigin, LeaseReport } from '@wayside/contract';
import { codesSignal } from '@wayside/packs';
import { type Action, type Interlock, type Localized, newId, type Risk, type Signal, type Value } from '@wayside/protocol';
import { consentLastsMs } from '../consent/consent.ts';
import { quantity } from '../packs/quantity.ts';
import { localizedTitle } from '../packs/title.ts';
import type { Command } from './command.ts';
import { blocks, type Reading } from './interlock.ts';
import { type Refusal, vet } from './vet.ts';
import { busy, offline, onlyTells, sayBlocked } from './words.ts';

/** What somebody wants of a thing. `origin` says why it came up. */
export type Ask = { session: string; thing: string; name: string; args: Record<string, Value>; origin: CommandOrigin };

/** A thing as far as a command needs it. */
export type Commanded = {
  online: boolean;
  /** It only tells: an adapter reads it, and it knows no command of ours. */
  onlyTells?: boolean;
  /** Another command of it is under way. */
  busy: boolean;
  actions: Record<string, Action>;
  signals: Record<string, Signal>;
  latest(signal: string): Reading | undefined;
};

/** Why whoever asks may not agree to a command of this risk, or undefined when they may. */
export type WhyNot = (risk: Risk) => Localized | undefined;

/**
 * A proposal for what is asked, or why it is none. Where it names a real action that may not or cannot be carried out now, the proposal
 * comes back already `refused` with the reason, because that it was asked for is recorded too. Changes nothing.
 * @param at epoch ms
 */
export function propose(
  ask: Ask,
  thing: Commanded,
  at: number,
  whyNot: WhyNot,
): { ok: true; command: Command } | { ok: false; refusal: Refusal } {
  const vetted = vet(thing.actions, ask.name, ask.args);
  const action = vetted.ok ? vetted.action : vetted.refusal.code === 'forbidden' ? thing.actions[ask.name] : undefined;
  if (!action) return { ok: false, refusal: (vetted as { refusal: Refusal }).refusal };
  const why = vetted.ok ? (whyNot(action.risk) ?? unable(action, thing, at)) : vetted.refusal.why;
  return { ok: true, command: { ...drawUp(ask, action, thing, at), ...(why ? { state: 'refused', why } : {}) } };
}

/** Why it cannot be carried out in this moment, or undefined when it can. */
export function unable(action: Pick<Action, 'interlocks'>, thing: Commanded, at: number): Localized | undefined {
  if (thing.onlyTells) return onlyTells;
  if (!thing.online) return offline;
  if (thing.busy) return busy;
  const blocked = blocks(action.interlocks ?? [], thing.latest, at);
  return blocked.length > 0 ? sayBlocked(blocked, thing.signals) : undefined;
}

/** What the interlocks look at in this moment, for the record. */
export const seenBy = (interlocks: readonly Interlock[] | undefined, thing: Commanded, at: number): LeaseReport['seen'] =>
  (interlocks ?? []).map(({ signal }) => {
    const reading = thing.latest(signal);
    return { signal, ...(reading ? { value: reading.value, ageMs: at - Math.min(reading.observedAt, reading.receivedAt) } : {}) };
  });

function drawUp({ name, ...ask }: Ask, action: Action, { signals }: Commanded, now: number): Command {
  const at = Math.floor(now);
  const { expect } = action;
  const shows = expect && (signals[expect.signal] ?? codesSignal[expect.signal]);
  return {
    command: newId('c', at),
    ...ask,
    action: name,
    title: titled(name, action, ask.args),
    ...(action.effect ? { effect: action.effect } : {}),
    risk: action.risk,
    state: 'proposed',
    proposedAt: at,
    expiresAt: at + consentLastsMs,
    changedAt: at,
    ...(expect
      ? {
          expect,
          readBack: {
            signal: expect.signal,
            title: localizedTitle(shows?.title, expect.signal),
            ...(shows?.unit ? { unit: shows.unit } : {}),
            met: false,
          },
        }
      : {}),
    ...(action.undo ? { inverse: action.undo } : {}),
  };
}

/** What it is called, with what was asked for: nobody agrees to "set the speed" without the speed. */
function titled(name: string, action: Action, args: Record<string, Value>): Localized {
  const { en, zh } = localizedTitle(action.title, name);
  const told = Object.entries(args).map(([argument, value]) => {
    const declared = action.args[argument];
    const title = localizedTitle(declared?.title, argument);
    return { en: `${title.en}: ${quantity(value, declared?.unit, 'en')}`, zh: `${title.zh}：${quantity(value, declared?.unit, 'zh')}` };
  });
  if (told.length === 0) return { en, zh };
  return { en: `${en} (${told.map((one) => one.en).join(', ')})`, zh: `${zh}（${told.map((one) => one.zh).join('，')}）` };
}
