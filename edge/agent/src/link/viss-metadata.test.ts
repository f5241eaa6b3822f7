import { expect, it } from 'vitest';
import { leavesOf } from './viss-metadata.ts';

const branch = (children: object) => ({ type: 'branch', children });

it('tells of each signal of a vehicle’s tree that is passed over, and why', () => {
  const told: string[] = [];
  const tree = {
    Vehicle: branch({
      Speed: { type: 'sensor', datatype: 'float' },
      Codes: { type: 'sensor', datatype: 'string[]' },
      VIN: { type: 'attribute', datatype: 'string' },
    }),
  };
  expect(leavesOf(tree, (path, why) => told.push(`${path}: ${why}`)).map(({ path }) => path)).toEqual(['Vehicle.Speed']);
  // An attribute says what a vehicle is, and is no signal.
  expect(told).toEqual(['Vehicle.Codes: a string[] is not read']);
});

it('reads a thousand signals, and says that there are more', () => {
  const told: string[] = [];
  const many = Object.fromEntries(Array.from({ length: 1_200 }, (_, i) => [`S${i}`, { type: 'sensor', datatype: 'float' }]));
  expect(leavesOf({ Vehicle: branch(many) }, (path, why) => told.push(`${path}: ${why}`))).toHaveLength(1_000);
  expect(told).toEqual(['Vehicle: its tree has more than 1000 signals']);
});
