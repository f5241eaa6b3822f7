import { expect, it } from 'vitest';
import { huntFuzz } from './fuzz/hunt.ts';
import { socketTargets } from './fuzz/socket-targets.ts';

it('whatever comes from outside is taken or refused in our own words, never thrown over (the quick part of npm run prove:fuzz)', async () => {
  const { faults, byTarget } = await huntFuzz(4_000, 20_260_101);
  expect(faults).toEqual([]);
  expect(Object.keys(byTarget)).toHaveLength(12);
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
