import { expect, it } from 'vitest';
import type { FleetEdge } from '../api/types.ts';
import { findEdges } from './find-edges.ts';

const misfire = { fault: 'misfire', title: { en: 'Misfire', zh: '失火' }, severity: 'warning', probability: 0.8 } as const;
const edge = (id: string, model: string, faults: FleetEdge['things'][number]['faults'] = []): FleetEdge => ({
  ...{ id, online: true, retired: false, lastSeen: 1, enrolledAt: 1, waiting: 0, setAside: 0 },
  things: [{ id: 't', title: 'Family car', family: 'vehicle', model, presence: 'online', faults }],
});
const edges = [edge('depot-north', 'Leon', [misfire]), edge('depot-south', 'Leon'), edge('yard', 'Ibiza')];
const found = (words: string, onlyFaults = false) => findEdges(edges, words, onlyFaults).map(({ id }) => id);

it('an edge is found by words of its id, its machines and what ails them, in either language', () => {
  expect(found('')).toEqual(['depot-north', 'depot-south', 'yard']);
  expect(found('DEPOT leon')).toEqual(['depot-north', 'depot-south']);
  expect(found('失火')).toEqual(['depot-north']);
  expect(found('ibiza north')).toEqual([]);
});

it('only those with faults, where that is asked', () => {
  expect(found('', true)).toEqual(['depot-north']);
  expect(found('yard', true)).toEqual([]);
});
