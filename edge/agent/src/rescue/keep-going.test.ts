import { Damaged } from '@wayside/sqlite';
import { expect, it, vi } from 'vitest';
import type { Running } from '../agent.ts';
import { createLog } from '../log.ts';
import { type Calls, keepGoing } from './keep-going.ts';

const log = createLog('silent', 'edge');

function edges(stop: () => Promise<void>, most = 9) {
  const started: (Calls & { damage: string | undefined })[] = [];
  const start = async (calls: Calls, damage?: string) => {
    if (started.length >= most) throw new Error('the port is taken');
    started.push({ damage, ...calls });
    return { url: `edge ${started.length}`, stop } as Running;
  };
  return { started, start };
}

it('sets a store that breaks in use aside and goes on in the same process, once however often it is told', async () => {
  const stop = vi.fn(async () => {});
  const { started, start } = edges(stop);
  const giveUp = vi.fn();
  const running = await keepGoing(start, log, giveUp);
  expect(running.url).toBe('edge 1');
  started[0]?.onBroken(new Error('disk image is malformed'));
  started[0]?.onBroken(new Error('disk image is malformed'));
  await vi.waitFor(() => expect(running.url).toBe('edge 2'), { timeout: 20_000 });
  expect(started.map(({ damage }) => damage)).toEqual([undefined, 'disk image is malformed']);
  await running.stop();
  expect(stop).toHaveBeenCalledTimes(2);
  expect(giveUp).not.toHaveBeenCalled();
});

it('goes on although the broken one does not stop well, and gives up for another process when it cannot start', async () => {
  const stuck = () => Promise.reject(new Error('disk I/O error'));
  const well = edges(stuck);
  const giveUp = vi.fn();
  const running = await keepGoing(well.start, log, giveUp);
  well.started[0]?.onBroken(new Error('disk I/O error'));
  await vi.waitFor(() => expect(running.url).toBe('edge 2'), { timeout: 20_000 });
  expect(giveUp).not.toHaveBeenCalled();
  const ill = edges(stuck, 1);
  await keepGoing(ill.start, log, giveUp);
  ill.started[0]?.onBroken(new Error('disk I/O error'));
  await vi.waitFor(() => expect(giveUp).toHaveBeenCalledOnce(), { timeout: 20_000 });
});

it('looks through a store of which a page was not given before it sets it aside, and does so when it breaks again soon', async () => {
  let now = 0;
  const { started, start } = edges(async () => {});
  const running = await keepGoing(start, log, vi.fn(), () => now);
  const breaks = async (n: number) => {
    started[n - 1]?.onBroken(new Damaged('internal', 'disk image is malformed'));
    await vi.waitFor(() => expect(running.url).toBe(`edge ${n + 1}`), { timeout: 20_000 });
    return started[n]?.damage;
  };
  expect(await breaks(1)).toBeUndefined();
  now += 60_000;
  expect(await breaks(2)).toBe('disk image is malformed');
  now += 3_600_000;
  expect(await breaks(3)).toBeUndefined();
});
