import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** What panel and console both draw; it knows no server. */
const web = [
  'answer-text',
  'article-markdown',
  'band',
  'cause-graph',
  'considered',
  'in-parts',
  'petrol',
  'qr',
  'state-words',
  'unit-signs',
  'valid-language',
].map((part) => `@wayside/web/${part}`);

/** Arithmetic on sound, which a browser does as well as a command. */
const sound = '@wayside/models/resample';

/** Which packages a package may import. Whatever is not here is not allowed. */
const packages: Record<string, string[]> = {
  'devices/protocol': [],
  'devices/sdk': ['@wayside/protocol'],
  'devices/packs': ['@wayside/protocol'],
  'devices/simulators': ['@wayside/device-sdk', '@wayside/packs', '@wayside/protocol'],
  sqlite: ['@wayside/protocol'],
  // A function alone.
  models: ['@wayside/protocol', '@wayside/sqlite/make-folder'],
  record: [],
  'cloud/contract': ['@wayside/protocol', '@wayside/record'],
  'edge/agent': [
    '@wayside/contract',
    '@wayside/models',
    '@wayside/packs',
    '@wayside/protocol',
    '@wayside/record',
    '@wayside/record/node',
    '@wayside/sqlite',
    '@wayside/web/state-words',
  ],
  'cloud/hub': [
    '@wayside/contract',
    '@wayside/models',
    '@wayside/packs',
    '@wayside/protocol',
    '@wayside/record',
    '@wayside/record/node',
    '@wayside/sqlite',
    '@wayside/web/unit-signs',
  ],
  web: [],
  'edge/panel': ['@wayside/agent/api-types', sound, ...web],
  'cloud/console': ['@wayside/hub/api-types', ...web],
  cli: [
    '@wayside/agent',
    '@wayside/agent/api-types',
    '@wayside/contract',
    '@wayside/hub',
    '@wayside/hub/updates',
    '@wayside/models',
    sound,
    '@wayside/packs',
    '@wayside/protocol',
    '@wayside/record',
    '@wayside/record/node',
    '@wayside/simulators',
    // The thread alone, begun while the rest is loaded.
    '@wayside/sqlite/worker-thread',
    // A function alone: no store is opened here.
    '@wayside/sqlite/make-folder',
  ],
};

/** Rooms of the edge agent, lowest first. A room imports from its own layer or below. */
const layers = [
  ['store', 'log.ts', 'config.ts', 'events.ts', 'in-order.ts', 'secrets.ts', 'status.ts', 'metrics.ts', 'api/asks.ts', 'api/types.ts'],
  ['packs', 'link', 'telemetry', 'sync', 'record', 'consent', 'profiles'],
  ['diagnosis', 'knowledge', 'commands'],
  ['repair', 'advice', 'recommend', 'rescue'],
  ['escalation', 'routing', 'dialogue', 'visits'],
  ['prepare', 'rollout', 'voice'],
  ['api'],
  ['machine.ts', 'hub-news.ts', 'unasked.ts', 'conversation.ts', 'compose', 'agent.ts', 'main.ts', 'index.ts'],
];

/** Web apps take types only: nothing of a server may land in a browser. */
const typesOnly = ['edge/panel', 'cloud/console'];

type Listed = { name: string; dependencies?: Record<string, string>; devDependencies?: Record<string, string> };
type Import = { file: string; from: string; typeOnly: boolean };

function importsOf(folder: string): Import[] {
  const found: Import[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || /\.test\.tsx?$/.test(entry.name) || /node_modules|\/dist\//.test(path)) continue;
    const text = readFileSync(path, 'utf8');
    for (const match of text.matchAll(
      /^(?:import|export)\s+(type\s+)?[^;'"]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm,
    )) {
      found.push({ file: path, from: match[2] ?? match[3] ?? match[4] ?? '', typeOnly: match[1] !== undefined });
    }
  }
  return found;
}

describe('arrows between packages', () => {
  it.each(Object.entries(packages))('%s imports only what it may', (folder, allowed) => {
    const wrong = importsOf(join(root, folder, 'src')).filter(({ from }) => from.startsWith('@wayside/') && !allowed.includes(from));
    expect(wrong.map(({ file, from }) => `${relative(root, file)} → ${from}`)).toEqual([]);
  });

  it('no package reaches into another by a path', () => {
    const wrong = Object.keys(packages).flatMap((folder) =>
      importsOf(join(root, folder, 'src')).filter(
        ({ file, from }) => from.startsWith('.') && relative(join(root, folder), resolve(dirname(file), from)).startsWith('..'),
      ),
    );
    expect(wrong.map(({ file, from }) => `${relative(root, file)} → ${from}`)).toEqual([]);
  });

  it.each(Object.keys(packages))('%s lists what it imports: another place of a package it does not list would break it', (folder) => {
    const listed = [folder, '.'].flatMap((of) => {
      const { name, dependencies, devDependencies } = JSON.parse(readFileSync(join(root, of, 'package.json'), 'utf8')) as Listed;
      return [name, ...Object.keys(devDependencies ?? {}), ...Object.keys(dependencies ?? {})];
    });
    const wrong = importsOf(join(root, folder, 'src'))
      // Names of packages have no capitals: what else follows "from" is a query.
      .map(({ file, from }) => ({ file, name: /^(@[a-z0-9-]+\/)?[a-z0-9.-]+(?=\/|$)/.exec(from)?.[0] ?? '.' }))
      .filter(({ name }) => !name.startsWith('.') && !isBuiltin(name) && !listed.includes(name));
    expect(wrong.map(({ file, name }) => `${relative(root, file)} → ${name}`)).toEqual([]);
  });

  it.each(typesOnly)('%s takes only types from its server', (folder) => {
    const wrong = importsOf(join(root, folder, 'src')).filter(
      ({ from, typeOnly }) => from.startsWith('@wayside/') && !typeOnly && from !== sound && !web.includes(from),
    );
    expect(wrong.map(({ file, from }) => `${relative(root, file)} → ${from}`)).toEqual([]);
  });
});

/** Of files and what each needs in order to run: those that, followed from one to the next, lead back to where they began. */
function circle(needs: Map<string, string[]>): string[] {
  const done = new Set<string>();
  const way: string[] = [];
  const walk = (file: string): string[] => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return [];
    way.push(file);
    const found = (needs.get(file) ?? []).map(walk).find((files) => files.length > 0);
    way.pop();
    done.add(file);
    return found ?? [];
  };
  return [...needs.keys()].map(walk).find((files) => files.length > 0) ?? [];
}

describe('arrows between files', () => {
  it.each(Object.keys(packages))('no file of %s needs one that needs it', (folder) => {
    const needs = new Map<string, string[]>();
    for (const { file, from, typeOnly } of importsOf(join(root, folder, 'src'))) {
      if (!from.startsWith('.') || typeOnly) continue;
      needs.set(file, [...(needs.get(file) ?? []), resolve(dirname(file), from)]);
    }
    expect(circle(needs).map((file) => relative(root, file))).toEqual([]);
  });

  it('a circle is seen, and a way that meets itself without one is none', () => {
    expect(
      circle(
        new Map([
          ['a', ['b', 'c']],
          ['b', ['d']],
          ['c', ['d']],
        ]),
      ),
    ).toEqual([]);
    expect(
      circle(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['b']],
        ]),
      ),
    ).toEqual(['b', 'c', 'b']);
  });
});

describe('arrows between the rooms of the edge', () => {
  const source = join(root, 'edge/agent/src');
  const layerOf = (path: string) => layers.findIndex((rooms) => rooms.some((room) => path === room || path.startsWith(`${room}/`)));

  it('every file lies in a room', () => {
    const homeless = new Set(
      importsOf(source)
        .map(({ file }) => relative(source, file))
        .filter((file) => layerOf(file) < 0),
    );
    expect([...homeless]).toEqual([]);
  });

  it('calls go down, types may look up', () => {
    const wrong = importsOf(source).filter(({ file, from, typeOnly }) => {
      if (typeOnly || !from.startsWith('.')) return false;
      return layerOf(relative(source, resolve(dirname(file), from))) > layerOf(relative(source, file));
    });
    expect(wrong.map(({ file, from }) => `${relative(source, file)} → ${from}`)).toEqual([]);
  });
});

describe('natives', () => {
  it('are named in one file only, and loaded there lazily or in a process of its own', () => {
    const named = Object.keys(packages).flatMap((folder) =>
      importsOf(join(root, folder, 'src')).filter(({ from, typeOnly }) => !typeOnly && from === 'node-llama-cpp'),
    );
    expect(named.map(({ file }) => relative(root, file)).sort()).toEqual([
      'models/src/language/llama-process.ts',
      'models/src/natives/native-process.ts',
    ]);
  });
});
