import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Wayside, wayside } from '../support/processes.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (page: string) => readFile(join(root, `docs/how-to/${page}.md`), 'utf8');
const block = (text: string, language: string) => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(text)?.[1] ?? '';

/** Lines of a page that begin an edge, as words: settings in front, then flags. */
function edgesIn(text: string): { env: Record<string, string>; flags: string[] }[] {
  return [...text.matchAll(/^((?:[A-Z_]+=\S+ )*)npm run wayside -- edge (--.*)$/gm)].map(([, settings = '', flags = '']) => ({
    env: Object.fromEntries(
      settings
        .trim()
        .split(' ')
        .filter(Boolean)
        .map((one) => one.split('=') as [string, string]),
    ),
    flags: flags.trim().split(' '),
  }));
}

/** The commands of the how-tos, run as they stand: what they name elsewhere (a broker, a vehicle, a controller) is away, and an edge serves all the same. */
describe('the how-tos', () => {
  let folder: string;
  let edge: Wayside<{ url: string }>;
  const quiet = ['--port', '0', '--mqtt-port', '0', '--generator', 'none', '--log-level', 'silent'];
  /** A file a page speaks of, where it can be read here. */
  const files: Record<string, () => Promise<string>> = {
    'ca.pem': async () => join(root, 'test/support/tls/ca.pem'),
    'controllers.yaml': async () => {
      const file = join(folder, 'controllers.yaml');
      await writeFile(file, block(await read('read-a-controller'), 'yaml'));
      return file;
    },
  };
  const begin = async ({ env, flags }: ReturnType<typeof edgesIn>[number], data: string) => {
    const here = await Promise.all(flags.map((flag) => files[flag]?.() ?? flag));
    return wayside<{ url: string }>(['edge', ...here, ...quiet, '--data', join(folder, data)], env);
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-how-to-'));
  });
  afterAll(async () => {
    await edge?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['join-a-broker', 'read-a-vehicle', 'read-a-controller', 'home-assistant'])(
    'begin an edge that serves: %s',
    { timeout: 120_000 },
    async (page) => {
      const edges = edgesIn(await read(page));
      expect(edges).toHaveLength(1);
      await edge?.stop();
      edge = await begin(edges[0]!, 'edge');
      expect((await fetch(new URL('/healthz', edge.ready.url))).status).toBe(200);
    },
  );
});
