import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createBuffer } from './buffer.ts';
import { fileStore } from './file.ts';
import type { Message } from './types.ts';
import { createWaiting } from './waiting.ts';

let folder: string;
let path: string;
let warnings: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waiting-'));
  path = join(folder, 'waiting');
  warnings = [];
});
afterEach(() => rm(folder, { recursive: true }));

const message = (n: number, topic = 'ours/telemetry'): Message => ({ topic, payload: `{"n":${n}}`, spare: true });
const begin = (limit = 10, file = path) => {
  const buffer = createBuffer({ limit, size: 1_000 });
  const waiting = createWaiting(buffer, fileStore(file), limit, (warning) => warnings.push(warning));
  return {
    buffer,
    waiting,
    say(one: Message) {
      buffer.add(one);
      waiting.add(one);
    },
  };
};
const loaded = () => {
  const { buffer, waiting } = begin();
  waiting.load((topic) => topic.startsWith('ours/'));
  return buffer.all().map(({ payload }) => payload);
};

it('lets the device go on when its file is taken away before it is on the disk', async () => {
  vi.useFakeTimers();
  try {
    begin().say(message(1));
    await rm(path);
    vi.runAllTimers();
    begin().say(message(2));
    expect(loaded()).toEqual(['{"n":2}']);
  } finally {
    vi.useRealTimers();
  }
});

it('gives what waited to the next program, in order', () => {
  const { say } = begin();
  for (const n of [1, 2, 3]) say(message(n));
  expect(loaded()).toEqual(['{"n":1}', '{"n":2}', '{"n":3}']);
});

it('holds to its bounds on disk as in memory', async () => {
  const { say } = begin();
  for (let n = 0; n < 500; n++) say(message(n));
  expect((await readFile(path, 'utf8')).split('\n').length).toBeLessThanOrEqual(21);
  expect(loaded()).toEqual(Array.from({ length: 10 }, (_, i) => `{"n":${490 + i}}`));
});

it('forgets what was acknowledged', () => {
  const { buffer, waiting, say } = begin();
  say(message(1));
  buffer.take();
  waiting.drained();
  expect(loaded()).toEqual([]);
});

it('reads around what a power cut tore, and what is not of this device', async () => {
  const { say } = begin();
  say(message(1));
  say(message(2, 'somebody/else'));
  await appendFile(path, '{"topic":"ours/telem\n[]\nnull\n\u0000\n');
  say(message(3));
  expect(loaded()).toEqual(['{"n":1}', '{"n":3}']);
});

it('goes on in memory when the disk does not take it, and says so once', () => {
  const { buffer, say } = begin(10, join(folder, 'no/such/folder'));
  for (const n of [1, 2, 3]) say(message(n));
  expect(buffer.length).toBe(3);
  expect(warnings).toEqual([expect.stringMatching(/can no longer be stored/)]);
});
