import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { huntFuzz } from './fuzz/hunt.ts';
import { socketTargets } from './fuzz/socket-targets.ts';
import { targetsIn } from './fuzz/targets.ts';

it('whatever comes from outside is taken or refused in our own words, never thrown over (the quick part of npm run prove:fuzz)', async () => {
  const { faults, byTarget, kinds } = await huntFuzz(8_000, 20_260_101);
  expect(faults).toEqual([]);
  expect(Object.keys(byTarget)).toHaveLength(35);
  expect(Object.entries(byTarget).filter(([, tried]) => tried === 0)).toEqual([]);
  expect(Object.values(kinds ?? {}).reduce((sum, many) => sum + many, 0)).toBeGreaterThan(200);
}, 120_000);

it('the same seed feeds the same, and so finds the same kinds of answers', async () => {
  const hunt = () => huntFuzz(1_500, 7, ['MQTT frames', 'policies', 'device messages']);
  const { byTarget, kinds } = await hunt();
  expect(await hunt()).toMatchObject({ byTarget, kinds, faults: [] });
}, 120_000);

it('every run begins with the same examples, to the byte: whatever a seed draws from them is the same', async () => {
  const begin = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wayside-examples-'));
    const { targets, close } = await targetsIn(folder);
    await close();
    await rm(folder, { recursive: true });
    return targets.map(({ name, examples }) => [name, examples.map(String)]);
  };
  expect(await begin()).toEqual(await begin());
}, 120_000);

it('its true frames are heard by the edge: what is changed begins well', async () => {
  const heard: unknown[] = [];
  const room = {
    ask: (ask: unknown) => void heard.push(ask),
    hear: (sound: Int16Array) => void heard.push(sound.length),
    tell() {},
    close() {},
  };
  const [edge] = socketTargets(room);
  await edge?.eat(edge.examples.at(-1) as Buffer);
  expect(heard).toEqual([{ ask: 'listen', mode: 'open' }, 320, { ask: 'stop' }]);
});

it.each([
  ['signed lists of updates (TUF)', 'what was signed'.length],
  ['packs', ''],
  ['canonical JSON', expect.stringMatching(/object|string/)],
  ['policies', expect.stringMatching(/^calm/)],
  ['case files', 'ok'],
  ['MQTT frames', expect.stringMatching(/^1t[^ ]*$/)],
])(
  'its true %s are taken: what is changed begins well',
  async (name, taken) => {
    const folder = await mkdtemp(join(tmpdir(), 'wayside-true-'));
    const { targets, close } = await targetsIn(folder);
    try {
      const door = targets.find((one) => one.name === name)!;
      for (const example of door.examples) expect(await door.eat(example)).toEqual(taken);
    } finally {
      await close();
      await rm(folder, { recursive: true });
    }
  },
  120_000,
);
