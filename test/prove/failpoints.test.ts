import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { huntFailpoints } from './failpoints/hunt.ts';
import { moments } from './failpoints/moments.ts';

const root = resolve(import.meta.dirname, '../..');

it('knows every moment at which edge and hub can be made to die, each named once', () => {
  const named = ['edge/agent/src', 'cloud/hub/src'].flatMap((folder) =>
    readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test)\.ts$/.test(file))
      .flatMap((file) => [...readFileSync(resolve(root, folder, file), 'utf8').matchAll(/\bfailpoint\((.*?)\)/g)])
      .map(([, name = '']) => name.slice(1, -1)),
  );
  expect(named.toSorted()).toEqual(Object.keys(moments).toSorted());
});

it('loses and doubles nothing by a kill -9 at four of them (the quick part of npm run prove:failpoints)', {
  timeout: 400_000,
}, async () => {
  const names = ['edge.push.answered', 'edge.seal.stored', 'edge.command.stored', 'hub.up.committed'];
  const hunts = await huntFailpoints(names, [1]);
  expect(Object.entries(hunts).map(([name, { died, wrong }]) => ({ name, died, wrong }))).toEqual(
    names.map((name) => ({ name, died: 1, wrong: [] })),
  );
});
