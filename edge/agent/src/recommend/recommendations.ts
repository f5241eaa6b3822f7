import type { FaultReport, RecommendationReport, SuccessRate } from '@wayside/contract';
import type { Pack } from '@wayside/packs';
import { type Sample, WaysideError } from '@wayside/protocol';
import type { RecommendationView } from '../api/types.ts';
import { createInOrder } from '../in-order.ts';
import type { KnownThing } from '../link/registry.ts';
import type { Log } from '../log.ts';
import { familyOf, modelOf } from '../packs/family.ts';
import type { Units } from '../packs/quantity.ts';
import type { Db } from '../store/schema.ts';
import { createUse } from './count-use.ts';
import { keepGiven, keepTallies, readGiven, readTallies, repairsSeen } from './keep.ts';
import { applicable, type Facts, type Given, toGive } from './recommend.ts';
import { undoable, viewOf } from './view.ts';

export type Answer = 'done' | 'later' | 'no' | 'undo';

export type RecommendationRoom = {
  load(): Promise<void>;
  /** Fresh samples of a thing; taken into its figures. */
  samples(thing: string, samples: readonly Sample[]): void;
  /** What stands now, and what was answered a moment ago and can be taken back. None while something is dangerous or hands are full. */
  open(units: Units): RecommendationView[];
  /** @throws WaysideError `not-found`, `conflict` when there is nothing to take back */
  answer(thing: string, recommendation: string, answer: Answer): Promise<void>;
  /** The command by which one is done. @throws WaysideError `not-found` */
  actionOf(thing: string, recommendation: string): NonNullable<Pack['recommendations']>['recommendations'][string]['do'];
  /** Looks at things that were heard of; call every few seconds. */
  tick(): Promise<void>;
  /** Keeps what was counted. */
  stop(): Promise<void>;
};

/** Whoever says later is left alone for so long. */
const laterMs = 3 * 86_400_000;
const keepEveryMs = 5 * 60_000;

/**
 * What is worth doing that no fault calls for: counts how things are used, says what their packs recommend for that, and remembers what
 * became of it.
 */
export function createRecommendations(parts: {
  db: Db;
  log: Log;
  now: () => number;
  packs: ReadonlyMap<string, Pack>;
  thing(id: string): KnownThing | undefined;
  faults(): readonly FaultReport[];
  /** Is something dangerous here now, by a fault or by what is known of a model? */
  danger(): boolean;
  /** Has the person at this thing their hands full? */
  busy(thing: string): boolean;
  rate(family: string, procedure: string): SuccessRate | undefined;
  /** Something changed; `answered` for the counters. */
  onChange(told?: { recommendation: string; answer: string }): void;
}): RecommendationRoom {
  const { db, log, now, packs, faults, danger, busy, rate, onChange } = parts;
  let given: Given[] = [];
  const seen = new Map<string, { fault: string; at: number }[]>();
  let keptAt = now();
  const inOrder = createInOrder();
  const one = <T>(act: () => Promise<T>) => inOrder('recommendations', act);

  const packOf = (thing: string) => {
    const known = parts.thing(thing);
    return known && packs.get(familyOf(known, packs));
  };
  const use = createUse(packOf);
  function factsOf(thing: string, pack: Pack): Facts {
    const known = parts.thing(thing);
    const model = modelOf(known, packs);
    return {
      year: known?.description?.year,
      unitOf: (signal) => model[signal]?.unit ?? pack.thing.signals[signal]?.unit,
      seen: (fault, withinMs) =>
        (seen.get(thing) ?? []).filter((each) => each.fault === fault && each.at > now() - withinMs).length +
        faults().filter((each) => each.thing === thing && each.fault === fault).length,
    };
  }
  const of = (thing: string) => given.filter((each) => each.thing === thing);

  async function keep(changed: Given, state: RecommendationReport['state']): Promise<void> {
    const pack = packOf(changed.thing);
    const recommendation = pack?.recommendations?.recommendations[changed.recommendation];
    if (!pack || !recommendation) return;
    const report: RecommendationReport = {
      thing: changed.thing,
      family: pack.family,
      recommendation: changed.recommendation,
      title: recommendation.title,
      state,
      at: Math.floor(now()),
    };
    await keepGiven(db, changed, report, now());
    given = [...given.filter((each) => each.thing !== changed.thing || each.recommendation !== changed.recommendation), changed];
    onChange({ recommendation: changed.recommendation, answer: state });
  }

  async function look(thing: string): Promise<void> {
    const pack = packOf(thing);
    const file = pack?.recommendations;
    if (!pack || !file) return;
    if (Object.values(file.figures).some((figure) => 'seen' in figure)) seen.set(thing, await repairsSeen(db, thing));
    const applies = applicable(file, use.of(thing), factsOf(thing, pack), now());
    // What no longer applies and was never answered is not worth a line any more.
    for (const stale of of(thing).filter((each) => each.answer === undefined && !applies.includes(each.recommendation)))
      await keep({ ...stale, answer: 'no', answeredAt: 0 }, 'lapsed');
    const next = toGive(applies, file, of(thing), { busy: busy(thing), danger: danger() }, now());
    for (const recommendation of next) await keep({ recommendation, thing, givenAt: Math.floor(now()) }, 'given');
  }

  async function keepCounted(): Promise<void> {
    keptAt = now();
    for (const thing of use.takeUnkept()) await keepTallies(db, thing, use.of(thing));
  }
  function must(thing: string, recommendation: string): Given {
    const found = of(thing).find((each) => each.recommendation === recommendation);
    if (!found) throw new WaysideError('not-found', 'There is no such recommendation; it may no longer apply.');
    return found;
  }

  return {
    async load() {
      use.load(await readTallies(db));
      given = await readGiven(db);
    },
    samples: use.samples,
    open(units) {
      if (danger()) return [];
      return given.flatMap((one): RecommendationView[] => {
        const pack = packOf(one.thing);
        if (!pack || busy(one.thing)) return [];
        const known = { pack, thing: parts.thing(one.thing), facts: factsOf(one.thing, pack), tallies: use.of(one.thing) };
        const view = viewOf(one, { ...known, rate, units, now: now() });
        return view ? [view] : [];
      });
    },
    answer: (thing, recommendation, answer) =>
      one(async () => {
        const before = must(thing, recommendation);
        const { answer: _, answeredAt: __, until: ___, ...open } = before;
        if (answer === 'undo') {
          if (!undoable(before, now())) throw new WaysideError('conflict', 'There is nothing to take back any more.');
          return keep(open, 'undone');
        }
        const at = Math.floor(now());
        await keep({ ...open, answer, answeredAt: at, ...(answer === 'later' ? { until: at + laterMs } : {}) }, answer);
      }),
    actionOf(thing, recommendation) {
      must(thing, recommendation);
      return packOf(thing)?.recommendations?.recommendations[recommendation]?.do;
    },
    tick: () =>
      one(async () => {
        for (const thing of use.takeHeardOf()) await look(thing);
        if (now() - keptAt > keepEveryMs) await keepCounted();
      }).catch((err) => log.error({ err }, 'recommendations could not be kept; they are looked at again')),
    stop: () => one(keepCounted),
  };
}
