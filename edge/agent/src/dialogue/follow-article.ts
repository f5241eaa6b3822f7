import type { FaultReport } from '@wayside/contract';
import type { Move } from './decide/move.ts';
import type { RespondParts } from './respond-parts.ts';

/** What is written on a fault: of what was `cited` the last that is about it, else what helps best. */
export async function articleFor(
  { fault, thing, article }: Pick<FaultReport, 'fault' | 'thing' | 'article'>,
  { knowledge, things, locale }: Pick<RespondParts, 'knowledge' | 'things' | 'locale'>,
  cited: readonly string[] = [],
): Promise<{ id: string; title: string } | undefined> {
  const machine = things.find(({ id }) => id === thing);
  return machine && knowledge.bestForFault({ fault, family: machine.family, locale, machine, named: article, cited });
}

/** A repair that begins, with the article that the person was shown of its fault: whether the repair works is counted for that one. */
export async function followArticle(
  move: Move,
  faults: readonly FaultReport[],
  parts: RespondParts,
  cited: readonly string[],
): Promise<Move> {
  const fault = move.kind === 'step' && move.how === 'begin' && faults.find((one) => one.fault === move.progress.fault);
  const article = fault && (await articleFor(fault, parts, cited));
  return article ? { ...move, progress: { ...move.progress, article: article.id } } : move;
}
