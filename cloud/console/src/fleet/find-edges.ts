import type { FleetEdge } from '../api/types.ts';
import { sayEdge } from '../words/say.ts';

/**
 * The edges that have all of the words in their id, their machines' names, models or firmware, or what ails them.
 * @param onlyFaults leaves only machines with faults, and edges that have such
 */
export function findEdges(edges: readonly FleetEdge[], words: string, onlyFaults: boolean): FleetEdge[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return edges
    .map((edge) => (onlyFaults ? { ...edge, things: edge.things.filter(({ faults }) => faults.length > 0) } : edge))
    .filter((edge) => !onlyFaults || edge.things.length > 0)
    .filter((edge) => {
      if (wanted.length === 0) return true;
      const text = textOf(edge);
      return wanted.every((word) => text.includes(word));
    });
}

const textOf = ({ id, things }: FleetEdge): string =>
  [
    ...[id, sayEdge(id)],
    ...things.flatMap(({ title, titles, model, firmware, faults }) => [
      ...[title, titles?.en, titles?.zh, model, firmware],
      ...faults.flatMap((fault) => [fault.title.en, fault.title.zh]),
    ]),
  ]
    .filter(Boolean)
    .join('\n')
    .toLowerCase();
