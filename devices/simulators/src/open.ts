import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import {
  listScenarios,
  loadScenario,
  readThing,
  recordingPath,
  type Scenario,
  scenarioBaseDir,
  scenario as scenarioSchema,
} from '@wayside/packs';
import { id, type Signal, type Value, WaysideError } from '@wayside/protocol';
import { type Recording, readRecording } from './recording.ts';

/** A scenario with all it needs to be played. */
export type OpenedScenario = {
  scenario: Scenario;
  recording?: Recording;
  /** Names of the commands the thing takes: its family's, and those the scenario answers. Never an R3 one. */
  actions: string[];
  /** What the columns of a bare recording are; for a family with a pack, the pack says it. */
  signals?: Record<string, Signal>;
};

/**
 * Opens a scenario file, or a bare recording (.csv, .json) as a scenario that does nothing but replay it.
 * @param family,thing for a bare recording: which family it is of (else `recording`) and the thing's id (else the file's name)
 * @throws WaysideError `pack-invalid`, `invalid` or `not-found`, naming the file and what to do
 */
export async function openScenario(file: string, { family, thing }: { family?: string; thing?: string } = {}): Promise<OpenedScenario> {
  if (['.csv', '.json'].includes(extname(file).toLowerCase())) return openRecording(file, family ?? 'recording', thing);
  const scenario = await loadScenario(file);
  const baseDir = scenarioBaseDir(file);
  const offered = Object.entries((await readThing(baseDir)).actions).filter(([, action]) => action.risk !== 'R3');
  const actions = [...new Set([...offered.map(([name]) => name), ...Object.keys(scenario.onCommand)])];
  const opened = { scenario: thing === undefined ? scenario : { ...scenario, thing: { ...scenario.thing, id: thing } }, actions };
  if (scenario.base.recording === undefined) return opened;
  return { ...opened, recording: await readRecording(recordingPath(baseDir, scenario.base.recording)) };
}

async function openRecording(file: string, family: string, thing?: string): Promise<OpenedScenario> {
  const recording = await readRecording(file);
  const name = basename(file, extname(file));
  const fit = name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  const steps = Math.max(1, recording.times.length - 1);
  const every = Math.max(10, Math.round((recording.times.at(-1) as number) / steps));
  const scenario = scenarioSchema.parse({
    id: id.safeParse(fit).success ? fit : 'recording',
    title: { en: `Recording ${name}`, zh: `录制数据 ${name}` },
    family,
    thing: { id: thing ?? (id.safeParse(fit).success ? fit : 'recording'), title: name.slice(0, 120) },
    seed: 1,
    every: `${every}ms`,
    duration: `${Math.round(recording.length)}ms`,
    base: { recording: basename(file) },
    expect: { fault: null },
  });
  const seen: Record<string, Value> = Object.assign({}, ...recording.rows.slice(0, 1_000));
  const signals = Object.fromEntries(
    Object.entries(seen).map(([key, value]) => [key, { title: key, type: typeof value as Signal['type'] }]),
  );
  return { scenario, recording, actions: [], ...(family === 'recording' ? { signals } : {}) };
}

/** The scenarios of every pack below `root`, named `<pack folder>/<scenario>`, by name. */
export async function findScenarios(root: string): Promise<{ name: string; file: string }[]> {
  const folders = await readdir(root).catch(() => []);
  const found = await Promise.all(
    folders.sort().map(async (folder) => {
      const files = await listScenarios(join(root, folder));
      return files.map((file) => ({ name: `${folder}/${basename(file, '.yaml')}`, file }));
    }),
  );
  return found.flat();
}

/**
 * The file a person means: a path that exists, `<pack>/<scenario>`, or a scenario's name alone where only one pack has it.
 * @throws WaysideError `not-found` that lists what there is
 */
export async function findScenario(root: string, wanted: string): Promise<string> {
  const isFile = await stat(wanted).then(
    (s) => s.isFile(),
    () => false,
  );
  if (isFile) return resolve(wanted);
  const all = await findScenarios(root);
  const fits = all.filter(({ name }) => name === wanted || name.endsWith(`/${wanted}`));
  if (fits.length === 1) return (fits[0] as { file: string }).file;
  const list = (fits.length > 1 ? fits : all).map(({ name }) => name).join(', ') || 'none here';
  throw new WaysideError(
    'not-found',
    fits.length > 1
      ? `"${wanted}" is in several packs: say which one: ${list}.`
      : `There is no scenario or file "${wanted}". There are: ${list}.`,
  );
}
