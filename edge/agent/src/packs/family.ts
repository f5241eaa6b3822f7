import { type Pack, signalsOf } from '@wayside/packs';
import { conversion, type Signal, type Value } from '@wayside/protocol';
import type { KnownThing } from '../link/registry.ts';
import type { Row } from '../telemetry/row.ts';

type Turn = (value: number) => number;
type Fitted = { pack: Pack | undefined; signals: Record<string, Signal>; turns: ReadonlyMap<string, Turn> };

/** The family of things that nobody wrote a pack for. */
export const genericFamily = 'generic';

/** The family whose pack watches a thing: its own where there is one, else that of things nobody wrote a pack for. */
export function familyOf(thing: KnownThing | undefined, packs: ReadonlyMap<string, Pack>): string {
  const own = thing?.description?.family ?? 'unknown';
  return packs.has(own) || !packs.has(genericFamily) ? own : genericFamily;
}

const fitted = new WeakMap<object, Fitted>();

/**
 * The signals of a thing: what it declared and what its family derives from that, or all its family has. Empty for a thing nobody described. Where it declared another unit
 * than its family's (degF for celsius), the family's stands: values are converted once, at the door (`inFamilyUnits`).
 */
export const modelOf = (thing: KnownThing | undefined, packs: ReadonlyMap<string, Pack>): Record<string, Signal> =>
  fit(thing, packs).signals;

/** A row with its numbers in the units the family's rules are written in. */
export function inFamilyUnits(thing: KnownThing | undefined, packs: ReadonlyMap<string, Pack>, row: Row): Row {
  const { turns } = fit(thing, packs);
  if (turns.size === 0) return row;
  const turned = (value: Value, i: number) => (typeof value === 'number' ? (turns.get(row.signals[i]!)?.(value) ?? value) : value);
  return { ...row, values: row.values.map(turned) };
}

function fit(thing: KnownThing | undefined, packs: ReadonlyMap<string, Pack>): Fitted {
  const described = thing?.description;
  const pack = packs.get(described?.family ?? '');
  if (!described?.signals) return pack ? unfitted(pack) : nothingKnown;
  const known = fitted.get(described);
  if (known && known.pack === pack) return known;
  const turns = new Map<string, Turn>();
  const signals: Record<string, Signal> = {};
  for (const [name, declared] of Object.entries(described.signals)) {
    const wanted = pack?.thing.signals[name]?.unit;
    const turn = wanted && declared.unit && declared.unit !== wanted ? conversion(declared.unit, wanted) : undefined;
    if (!turn || wanted === undefined) {
      signals[name] = declared;
      continue;
    }
    turns.set(name, turn);
    const { min, max } = declared;
    signals[name] = {
      ...declared,
      unit: wanted,
      ...(min === undefined ? {} : { min: turn(min) }),
      ...(max === undefined ? {} : { max: turn(max) }),
    };
  }
  for (const { name, signal, expression } of pack?.derived ?? []) {
    if (signalsOf(expression).every((input) => Object.hasOwn(signals, input))) signals[name] ??= signal;
  }
  const made = { pack, signals, turns };
  fitted.set(described, made);
  return made;
}

const noTurns: ReadonlyMap<string, Turn> = new Map();
const nothingKnown: Fitted = { pack: undefined, signals: {}, turns: noTurns };

/** A thing that declares no signals of its own has those of its family. */
function unfitted(pack: Pack): Fitted {
  const known = fitted.get(pack) ?? { pack, signals: pack.thing.signals, turns: noTurns };
  fitted.set(pack, known);
  return known;
}
