import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type ThingModel, WaysideError } from '@wayside/protocol';
import type { PackProblem, Report } from './files.ts';
import { readYaml } from './read.ts';
import { type Scenario, scenario, scenarioFile, thingFile, unlike } from './schema.ts';
import { tell } from './tell.ts';

/**
 * Reads a scenario (`tests/scenarios/<name>.yaml` of a pack, or any file of that form), and the ones it is `like` from the same folder.
 * @throws WaysideError `pack-invalid` naming the file, the place and the remedy
 */
export async function loadScenario(file: string): Promise<Scenario> {
  const problems: PackProblem[] = [];
  const read = await readLike(file, [], (name, at, problem) => problems.push({ file: name, at, problem }));
  if (read && problems.length === 0) return read;
  throw new WaysideError('pack-invalid', tell(`The scenario ${resolve(file)}`, problems));
}

/** @param through the files whose `like` led here */
async function readLike(file: string, through: readonly string[], report: Report): Promise<Scenario | undefined> {
  const name = basename(file);
  const own = await readYaml(scenarioFile, dirname(resolve(file)), name, report);
  if (!own) return undefined;
  const seen = [...through, name];
  const other = own.like === undefined ? undefined : `${own.like}.yaml`;
  if (other && seen.includes(other)) {
    report(name, 'like', `comes back to itself (${[...seen, other].join(', ')}): let one of them stand alone`);
    return undefined;
  }
  const base = other ? await readLike(join(dirname(file), other), seen, report) : {};
  if (!base) return undefined;
  const whole = scenario.safeParse(unlike(base, own));
  for (const issue of whole.error?.issues ?? []) report(name, issue.path.join('.'), issue.message);
  if (whole.data) checkChanges(whole.data, name, report);
  return whole.data;
}

/** The scenario files of a pack folder, absolute, by name; none when it has none. */
export async function listScenarios(packDir: string): Promise<string[]> {
  const folder = resolve(packDir, 'tests', 'scenarios');
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

/** A pack's `thing.yaml` alone, without reading the rest; a thing of nothing when there is none that reads. */
export async function readThing(packDir: string): Promise<ThingModel> {
  return (await readYaml(thingFile, packDir, 'thing.yaml', () => {})) ?? { signals: {}, actions: {} };
}

/** The folder a scenario's recording is looked for in: its pack when it lies in one's `tests/scenarios`, else its own folder. */
export function scenarioBaseDir(file: string): string {
  const folder = dirname(resolve(file));
  return folder.endsWith(`${sep}tests${sep}scenarios`) ? resolve(folder, '..', '..') : folder;
}

/**
 * The path of a scenario's recording: `<base>/recordings/<name>`, also when the name says `recordings/` itself.
 * @throws WaysideError `pack-invalid` when it points out of the base folder
 */
export function recordingPath(baseDir: string, name: string): string {
  const path = resolve(baseDir, name.startsWith('recordings/') ? name : join('recordings', name));
  if (relative(resolve(baseDir), path).startsWith('..')) {
    throw new WaysideError('pack-invalid', `The recording "${name}" lies outside its folder: put it into recordings/ and give its name.`);
  }
  return path;
}

/** What each `do` needs beside itself; the schema leaves these free because they differ by `do`. */
const needs = {
  set: ['signal', 'to'],
  ramp: ['signal', 'to', 'over'],
  offset: ['signal', 'to'],
  freeze: ['signal'],
  drop: ['signal'],
  release: [],
  dtc: ['code', 'state'],
  offline: [],
  online: [],
} as const;

function checkChanges(read: Scenario, file: string, report: Report): void {
  const all = [
    ...read.timeline.map((change, i) => ({ change, at: `timeline.${i}` })),
    ...read.repair.map((change, i) => ({ change, at: `repair.${i}` })),
    ...Object.entries(read.onCommand).flatMap(([name, changes]) => changes.map((change, i) => ({ change, at: `onCommand.${name}.${i}` }))),
  ];
  for (const { change, at } of all) {
    const missing = needs[change.do].filter((key) => change[key] === undefined && !(key === 'to' && change.toArg !== undefined));
    if (change.toArg !== undefined && !at.startsWith('onCommand.'))
      report(file, at, 'takes its value from an argument, and only a command has those: give it "to"');
    if (missing.length > 0) report(file, at, `"${change.do}" needs ${missing.join(' and ')}: add ${missing.length > 1 ? 'them' : 'it'}`);
    const moves = change.do === 'ramp' || change.do === 'offset';
    if (moves && change.to !== undefined && typeof change.to !== 'number') report(file, at, `"${change.do}" needs a number in "to"`);
  }
  for (const [signal, { value, noise, swing }] of Object.entries(read.base.signals)) {
    if (typeof value !== 'number' && (noise !== 0 || swing !== 0))
      report(file, `base.signals.${signal}`, 'is no number, so it can have no noise or swing: remove them');
  }
}
