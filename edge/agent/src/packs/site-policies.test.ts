import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPacks, type Pack, packsRoot } from '@wayside/packs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSitePolicies, type SitePolicies } from './site-policies.ts';

const { packs } = await loadPacks(packsRoot);
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn(), debug: vi.fn() };
let folder: string;
let served: Map<string, Pack>;
let policies: SitePolicies;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wayside-policies-'));
  served = new Map(packs.map((pack) => [pack.family, { ...pack }]));
  policies = createSitePolicies(folder, served, log);
  for (const each of Object.values(log)) each.mockClear();
});
afterEach(async () => {
  policies.stop();
  await rm(folder, { recursive: true });
});

const rule = (id: string, when = 'turns: { atLeast: 2 }') =>
  `rules:\n  - { id: ${id}, because: { en: Two turns., zh: 两轮。 }, when: { ${when} }, effect: offer }\n`;
const rules = (family = 'vehicle') => served.get(family)?.policy?.rules.map(({ id }) => id);
const write = (text: string, family = 'vehicle') => writeFile(join(folder, `${family}.yaml`), text);
const soon = (fact: () => void) => vi.waitFor(fact, { timeout: 5_000 });

it('follows the file of the site: what it says is in force from then on, and the pack again when it is gone', async () => {
  const before = rules();
  await policies.start();
  expect(rules()).toEqual(before);
  await write(rule('mine'));
  await soon(() => expect(rules()).toEqual(['mine']));
  await write(rule('other'));
  await soon(() => expect(rules()).toEqual(['other']));
  await rm(join(folder, 'vehicle.yaml'));
  await soon(() => expect(rules()).toEqual(before));
});

it('is in force from the start when the file was there before', async () => {
  await write(rule('mine'));
  await policies.start();
  expect(rules()).toEqual(['mine']);
});

it.each([
  ['no YAML', '{{{'],
  ['an effect there is not', rule('x').replace('offer', 'shout')],
  ['a skill for a fault the pack does not hold', `${rule('x')}skills:\n  - { id: a, title: { en: A, zh: 甲 }, faults: [nonsense] }\n`],
  ['a giant', `# ${'x'.repeat(300_000)}\n`],
])('keeps the policy in force and names the mistake: %s', async (_, text) => {
  await policies.start();
  const before = rules();
  await write(text);
  await soon(() => expect(log.error).toHaveBeenCalledOnce());
  expect(log.error.mock.calls[0]![1]).toMatch(/vehicle is not used; the one before stays in force/);
  expect(rules()).toEqual(before);
});

it('lets no rule look at the mood at a workplace', async () => {
  const workplace = packs.find((pack) => pack.workplace)!;
  await policies.start();
  await write(rule('angry', 'sentiment: { atMost: -0.5 }'), workplace.family);
  await soon(() => expect(log.error).toHaveBeenCalledOnce());
  expect(log.error.mock.calls[0]![1]).toMatch(/mood/);
});
