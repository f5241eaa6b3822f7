import type { SuccessRate } from '@wayside/contract';
import type { Pack } from '@wayside/packs';
import type { RecommendationView } from '../api/types.ts';
import type { KnownThing } from '../link/registry.ts';
import { actionsOf } from '../packs/actions.ts';
import type { Units } from '../packs/quantity.ts';
import { localizedTitle } from '../packs/title.ts';
import { type Facts, figureOf, type Given, reasonOf, unitOfFigure } from './recommend.ts';
import type { Tallied } from './tally.ts';

/** An answer can be taken back for so long. */
const undoMs = 10 * 60_000;

export const undoable = ({ answer, answeredAt }: Given, now: number): boolean => answer !== undefined && now - (answeredAt ?? 0) < undoMs;

/** A recommendation as people see it, with the figures it rests on; nothing where its pack no longer has it, or it was answered a while ago. */
export function viewOf(
  given: Given,
  known: {
    pack: Pack;
    thing: KnownThing | undefined;
    facts: Facts;
    tallies: Map<string, Tallied>;
    rate(family: string, procedure: string): SuccessRate | undefined;
    units: Units;
    now: number;
  },
): RecommendationView | undefined {
  const { pack, facts, tallies, rate, units, now } = known;
  const file = pack.recommendations;
  const recommendation = file?.recommendations[given.recommendation];
  if (!recommendation || (given.answer !== undefined && !undoable(given, now))) return undefined;
  const { title, advice, article, procedure, sources } = recommendation;
  const action = recommendation.do && actionsOf(known.thing?.description ?? null, pack)[recommendation.do.name];
  return {
    thing: given.thing,
    recommendation: given.recommendation,
    title,
    advice,
    because: reasonOf(
      recommendation,
      (figure) => figureOf(figure, file.figures, tallies, facts, now),
      file.figures,
      (figure) => unitOfFigure(figure, facts),
      procedure === undefined ? undefined : rate(pack.family, procedure),
      units,
    ),
    sources,
    givenAt: given.givenAt,
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
    ...(given.answer ? { answer: given.answer } : {}),
  };
}
