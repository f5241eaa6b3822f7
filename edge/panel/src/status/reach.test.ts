import { expect, it } from 'vitest';
import { edgeAt } from '../api/edge.ts';
import { ReachWatch } from './reach.ts';

function panel() {
  let now = 0;
  let status = 200;
  const reach = new ReachWatch(() => now);
  const edge = edgeAt({
    base: 'http://edge/',
    fetch: async () => (status === 0 ? Promise.reject(new TypeError('nobody there')) : new Response('{}', { status })),
    onOutcome: reach.outcome,
  });
  return {
    later: (ms: number) => (now += ms),
    ask: async (how: number, write = false) => {
      status = how;
      await (write ? edge.post('v1/x') : edge.get('v1/x'));
      return reach.snapshot().edge;
    },
  };
}

it('tells an edge whose disk is full from one that does not answer', async () => {
  const { ask } = panel();
  expect(await ask(507, true)).toBe('full');
  expect(await ask(507, true), 'however often').toBe('full');
  expect(await ask(200), 'it can be read all the time').toBe('full');
  expect(await ask(200, true), 'something was kept').toBe('reached');
  await ask(0);
  expect(await ask(0)).toBe('lost');
});

it('no longer says that a disk is full when nothing was refused for a while', async () => {
  const { ask, later } = panel();
  await ask(507, true);
  later(19_000);
  expect(await ask(200)).toBe('full');
  later(2_000);
  expect(await ask(200)).toBe('reached');
});
