import type { FaultReport, RecommendationReport, SuccessRate } from '@wayside/contract';
import { type Figure, type Pack, signalsOfFigure } from '@wayside/packs';
import { type Sample, WaysideError } from '@wayside/protocol';
import type { RecommendationView } from '../api/types.ts';
import { createInOrder } from '../in-order.ts';
import type { KnownThing } from '../link/registry.ts';
import type { Log } from '../log.ts';
import { actionsOf } from '../packs/actions.ts';
import { familyOf, modelOf } from '../packs/family.ts';
import type { Units } from '../packs/quantity.ts';
import { localizedTitle } from '../packs/title.ts';
import type { Db } from '../store/schema.ts';
import { keepGiven, keepTallies, readGiven, readTallies, repairsSeen } from './keep.ts';
import { applicable, type Facts, figureOf, type Given, reasonOf, toGive, unitOfFigure } from './recommend.ts';
import { nothingTallied, type Tallied, tally } from './tally.ts';

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
/** An answer can be taken back for so long. */
const undoMs = 10 * 60_000;
const keepEveryMs = 5 * 60_000;

type Watched = { family: string; by: Map<string, [id: string, figure: Figure][]> };

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
  let tallies = new Map<string, Map<string, Tallied>>();
  let given: Given[] = [];
  const watched = new Map<string, Watched | undefined>();
  const heardOf = new Set<string>();
  const unkept = new Set<string>();
  const seen = new Map<string, { fault: string; at: number }[]>();
  let keptAt = now();
  const inOrder = createInOrder();
  const one = <T>(act: () => Promise<T>) => inOrder('recommendations', act);

  const packOf = (thing: string) => {
    const known = parts.thing(thing);
    return known && packs.get(familyOf(known, packs));
  };
  function watchedOf(thing: string): Watched | undefined {
    const known = parts.thing(thing);
    const family = known && familyOf(known, packs);
    const before = watched.get(thing);
    if (before && before.family === family) return before;
    const file = packs.get(family ?? '')?.recommendations;
    if (!file || family === undefined) return undefined;
    const by: Watched['by'] = new Map();
    for (const [id, figure] of Object.entries(file.figures))
      for (const signal of signalsOfFigure(figure)) by.set(signal, [...(by.get(signal) ?? []), [id, figure]]);
    const made = { family, by };
    watched.set(thing, made);
    return made;
  }
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
    const applies = applicable(file, tallies.get(thing) ?? new Map(), factsOf(thing, pack), now());
    // What no longer applies and was never answered is not worth a line any more.
    for (const stale of of(thing).filter((each) => each.answer === undefined && !applies.includes(each.recommendation)))
      await keep({ ...stale, answer: 'no', answeredAt: 0 }, 'lapsed');
    const next = toGive(applies, file, of(thing), { busy: busy(thing), danger: danger() }, now());
    for (const recommendation of next) await keep({ recommendation, thing, givenAt: Math.floor(now()) }, 'given');
  }

  async function keepCounted(): Promise<void> {
    keptAt = now();
    const things = [...unkept];
    unkept.clear();
    for (const thing of things) await keepTallies(db, thing, tallies.get(thing) ?? new Map());
  }
  function must(thing: string, recommendation: string): Given {
    const found = of(thing).find((each) => each.recommendation === recommendation);
    if (!found) throw new WaysideError('not-found', 'There is no such recommendation; it may no longer apply.');
    return found;
  }

  return {
    async load() {
      tallies = await readTallies(db);
      given = await readGiven(db);
      for (const thing of tallies.keys()) heardOf.add(thing);
    },
    samples(thing, samples) {
      const mine = watchedOf(thing);
      if (!mine) return;
      for (const { signal, value, observedAt, quality } of samples) {
        const watchers = mine.by.get(signal);
        if (!watchers || quality !== 'good') continue;
        const states = tallies.get(thing) ?? new Map<string, Tallied>();
        tallies.set(thing, states);
        for (const [id, figure] of watchers) {
          const state = states.get(id) ?? nothingTallied();
          states.set(id, state);
          tally(figure, state, signal, value, observedAt);
        }
        heardOf.add(thing);
        unkept.add(thing);
      }
    },
    open(units) {
      if (danger()) return [];
      return given.flatMap((one): RecommendationView[] => {
        const pack = packOf(one.thing);
        const file = pack?.recommendations;
        const recommendation = file?.recommendations[one.recommendation];
        if (!pack || !recommendation || !file || busy(one.thing)) return [];
        const undoable = one.answer !== undefined && now() - (one.answeredAt ?? 0) < undoMs;
        if (one.answer !== undefined && !undoable) return [];
        const facts = factsOf(one.thing, pack);
        const mine = tallies.get(one.thing) ?? new Map<string, Tallied>();
        const { title, advice, article, procedure, sources } = recommendation;
        const action = recommendation.do && actionsOf(parts.thing(one.thing)?.description ?? null, pack)[recommendation.do.name];
        return [
          {
            thing: one.thing,
            recommendation: one.recommendation,
            title,
            advice,
            because: reasonOf(
              recommendation,
              (figure) => figureOf(figure, file.figures, mine, facts, now()),
              file.figures,
              (figure) => unitOfFigure(figure, facts),
              procedure === undefined ? undefined : rate(pack.family, procedure),
              units,
            ),
            sources,
            givenAt: one.givenAt,
            ...(article ? { article } : {}),
            ...(action && recommendation.do
              ? {
                  action: {
                    title: localizedTitle(action.title, recommendation.do.name),
                    ...(action.effect ? { effect: action.effect } : {}),
                    risk: action.risk,
                  },
                }
              : {}),
            ...(one.answer ? { answer: one.answer } : {}),
          },
        ];
      });
    },
    answer: (thing, recommendation, answer) =>
      one(async () => {
        const before = must(thing, recommendation);
        const { answer: _, answeredAt: __, until: ___, ...open } = before;
        if (answer === 'undo') {
          if (before.answer === undefined || now() - (before.answeredAt ?? 0) >= undoMs)
            throw new WaysideError('conflict', 'There is nothing to take back any more.');
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
        const things = [...heardOf];
        heardOf.clear();
        for (const thing of things) await look(thing);
        if (now() - keptAt > keepEveryMs) await keepCounted();
      }).catch((err) => log.error({ err }, 'recommendations could not be kept; they are looked at again')),
    stop: () => one(keepCounted),
  };
}
