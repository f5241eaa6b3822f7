import { type Action, type Localized, misfitOf, type Value } from '@wayside/protocol';
import { sayMisfit } from './words.ts';

export type Refusal = { code: 'unknown' | 'arguments' | 'forbidden'; why: Localized };
export type Vetted = { ok: true; action: Action } | { ok: false; refusal: Refusal };

/**
 * Is this something the thing offers, with arguments that fit, and that may be done from here at all? The only names that pass are ids
 * the thing or its pack declared; R3 never passes, whatever anyone set.
 */
export function vet(actions: Record<string, Action>, name: string, args: Record<string, Value>): Vetted {
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (!action) return refuse('unknown', { en: `This machine offers no “${name}”.`, zh: `这台设备没有“${name}”这项操作。` });
  if (action.risk === 'R3')
    return refuse('forbidden', {
      en: 'This touches the safety of the machine, so it is never done from here, whoever asks.',
      zh: '这会影响设备的安全，因此无论谁要求，都不会从这里执行。',
    });
  const wrong = misfitOf(action, args);
  if (wrong) return refuse('arguments', sayMisfit(wrong, action));
  return { ok: true, action };
}

const refuse = (code: Refusal['code'], why: Localized): Vetted => ({ ok: false, refusal: { code, why } });

/**
 * Arguments as they were heard, made what the action declares: `'true'` a boolean, `'21'` a number. What is not declared is left out
 * (a sentence says more than an action takes); what cannot be read stays as it was and is refused by `vet`.
 */
export function argumentsOf(action: Action | undefined, slots: Record<string, string>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(action?.args ?? {}).flatMap(([name, { type }]): [string, Value][] => {
      const heard = Object.hasOwn(slots, name) ? slots[name] : undefined;
      if (heard === undefined) return [];
      if (type === 'boolean' && (heard === 'true' || heard === 'false')) return [[name, heard === 'true']];
      if (type === 'number' && heard.trim() !== '' && Number.isFinite(Number(heard))) return [[name, Number(heard)]];
      return [[name, heard]];
    }),
  );
}
