import { expect, it } from 'vitest';
import { huntFuzz } from './fuzz/hunt.ts';
import { socketTargets } from './fuzz/socket-targets.ts';

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
