import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadPack, packsRoot } from '@wayside/packs';
import type { Signal } from '@wayside/protocol';
import { expect, it } from 'vitest';
import { siteRoom, tellWhenFull } from './room.ts';
import { createWatch } from './watch.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

it('holds a thousand devices of twenty signals each, all learned, in less than 80 MiB', { timeout: 120_000 }, async () => {
  const pack = await loadPack(`${packsRoot}/generic`);
  const room = siteRoom();
  const before = held();
  const watch = createWatch({ packs: new Map([['generic', pack]]), onChange: () => {}, room });
  const kinds = ['temperature', 'humidity', 'power', 'voltage', 'current', 'pressure', 'illuminance', 'battery', 'problem', 'smoke'];
  const signals = Object.fromEntries(
    Array.from({ length: 20 }, (_, i): [string, Signal] => {
      const kind = kinds[i % kinds.length]!;
      return [`s${i}`, { title: 'x', type: kind === 'problem' || kind === 'smoke' ? 'boolean' : 'number', kind }];
    }),
  );
  const samplesAt = (at: number) =>
    Object.entries(signals).map(([signal, { type }], i) => ({
      signal,
      value: type === 'number' ? i + Math.sin(at / 7) : false,
      observedAt: at * 300_000,
    }));
  for (let thing = 0; thing < 1_000; thing++) {
    watch.thing(`thing-${thing}`, 'generic', signals);
    for (let at = 1; at < 20; at++) watch.samples(`thing-${thing}`, samplesAt(at));
  }
  expect(held() - before).toBeLessThan(80);
  expect(room.learners).toBe(0);
  for (let thing = 0; thing < 1_000; thing++) watch.forget(`thing-${thing}`);
  expect(room).toEqual(siteRoom());
});

it('says once when it is used up, and once when there is some again', () => {
  const said: string[] = [];
  const log = { warn: () => said.push('full'), info: () => said.push('room') } as unknown as Parameters<typeof tellWhenFull>[1];
  const room = { learners: 2, selected: 9 };
  const tell = tellWhenFull(room, log);
  for (const learners of [2, 0, 0, 1, 1]) {
    room.learners = learners;
    tell();
  }
  room.selected = 0;
  tell();
  expect(said).toEqual(['full', 'room', 'full']);
});
