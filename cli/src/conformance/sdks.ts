import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from '@wayside/models';
import { WaysideError } from '@wayside/protocol';
import type { Launch } from './subject.ts';

export const sdks = ['node', 'python', 'c'] as const;
export type Sdk = (typeof sdks)[number];
export const isSdk = (name: string | undefined): name is Sdk => sdks.includes(name as Sdk);

const run = promisify(execFile);
const devices = resolve(import.meta.dirname, '../../../devices');
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'wayside', 'conformance');

/** How the conformance device of an SDK is begun here, or what is missing for it. What it needs and can be had is fetched or compiled, once. */
export function prepareSdk(sdk: Sdk): Promise<Launch | { missing: string }> {
  const ways = { node: prepareNode, python: preparePython, c: prepareC };
  return ways[sdk]();
}

const prepareNode = async (): Promise<Launch> => ({
  command: process.execPath,
  args: ['--disable-warning=ExperimentalWarning', join(devices, 'sdk/conformance/device.ts')],
});

async function preparePython(): Promise<Launch | { missing: string }> {
  const python = await firstThatRuns(['python3', 'python'], ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']);
  if (!python) return { missing: 'there is no Python 3.9 or newer here (python3)' };
  const sdk = join(devices, 'sdk-python');
  const launch = (...folders: string[]): Launch => ({
    command: python,
    args: ['-B', join(sdk, 'conformance/device.py')],
    env: { PYTHONPATH: [sdk, ...folders].join(delimiter) },
  });
  if (await succeeds(python, ['-c', 'import paho.mqtt.enums'])) return launch();
  try {
    return launch(
      await made('paho-mqtt-2', (folder) => run(python, ['-m', 'pip', 'install', '--quiet', '--target', folder, 'paho-mqtt>=2.0,<3'])),
    );
  } catch (error) {
    return { missing: `paho-mqtt is not installed, and pip could not fetch it: ${lastLine(error)}` };
  }
}

/** Compiled with every check of memory the compiler has. @throws WaysideError `invalid` when it does not compile */
async function prepareC(): Promise<Launch | { missing: string }> {
  const compiler = await firstThatRuns([process.env.CC || 'cc', 'gcc', 'clang'], ['--version']);
  if (!compiler) return { missing: 'there is no C compiler here (cc, gcc or clang)' };
  const sdk = join(devices, 'sdk-c');
  const sources = (await Promise.all(['src', 'host'].map((folder) => filesOf(join(sdk, folder))))).flat();
  const hash = createHash('sha256').update(compiler);
  for (const file of sources) hash.update(await readFile(file));
  const files = sources.filter((file) => file.endsWith('.c'));
  const compile = (folder: string, ...also: string[]) =>
    run(compiler, [...cFlags, ...also, `-I${join(sdk, 'src')}`, ...files, '-lm', '-o', join(folder, 'device')]);
  const folder = await made(`c-${hash.digest('hex').slice(0, 12)}`, (draft) =>
    // Not every system has the sanitizers' libraries.
    compile(draft, '-fsanitize=address,undefined', '-fno-sanitize-recover=all').catch(() => compile(draft)),
  ).catch((cause) => {
    throw new WaysideError('invalid', `The C SDK does not compile with ${compiler}: ${lastLine(cause)}`, { cause });
  });
  return { command: join(folder, 'device'), args: [] };
}

const cFlags = ['-std=c99', '-O1', '-g', '-Wall', '-Wextra', '-Wpedantic', '-Werror'];

/** A folder in the cache, made whole or not at all: two who make it at once do not disturb each other. */
async function made(name: string, make: (folder: string) => Promise<unknown>): Promise<string> {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  await cacheFolder(cache);
  const draft = await mkdtemp(`${folder}-`);
  try {
    await make(draft);
    await rename(draft, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
    return folder;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

const filesOf = async (folder: string) => (await readdir(folder)).toSorted().map((file) => join(folder, file));

async function firstThatRuns(programs: string[], args: string[]): Promise<string | undefined> {
  for (const program of programs) if (await succeeds(program, args)) return program;
  return undefined;
}

const succeeds = (program: string, args: string[]) =>
  run(program, args).then(
    () => true,
    () => false,
  );

const lastLine = (error: unknown): string =>
  ((error as { stderr?: string }).stderr || (error as Error).message)
    .trim()
    .split('\n')
    .findLast((line) => /error/i.test(line)) ?? (error as Error).message;
