import type { CaseRow } from '../api/types.ts';
import { sayEdge } from '../words/say.ts';

/** The cases that have all of the words in what they are about, who asks, which machine it is and where, or who helps; in the order they had. */
export function findCases(cases: readonly CaseRow[], words: string): readonly CaseRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return wanted.length === 0 ? cases : cases.filter((each) => wanted.every((word) => textOf(each).includes(word)));
}

const textOf = ({ id, edge, title, summary, said, person, thing, thingTitle, thingTitles, technician }: CaseRow): string =>
  [
    id,
    edge,
    sayEdge(edge),
    ...[title, summary, thingTitles].flatMap((one) => [one?.en, one?.zh]),
    said,
    person,
    thing,
    thingTitle,
    technician?.name,
  ]
    .filter(Boolean)
    .join('\n')
    .toLowerCase();
