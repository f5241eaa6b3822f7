import { join } from 'node:path';
import { checkPackBehaviour, installedPacks, installedPacksFolder, installPack, readConfig, removePack } from '@wayside/agent';
import {
  checkPack,
  checkPackTests,
  fingerprintOf,
  loadPack,
  loadPacks,
  type Pack,
  type PackProblem,
  packsRoot,
  tell,
} from '@wayside/packs';
import { WaysideError } from '@wayside/protocol';
import { openScenario, replay } from '@wayside/simulators';
import { idOf, packFiles, readMeasures, Unclear, writeFiles } from 'create-wayside-device';
import { settingsFile } from './settings.ts';
import { version } from './version.ts';

/** Scenarios are played as if they began here, so that a check gives the same result each time. Epoch ms. */
const begin = Date.UTC(2026, 0, 1, 12);

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const folderOf = (data: string | undefined) => installedPacksFolder(readConfig({ data }, process.env, settingsFile('edge')));

/** `wayside pack check`: every file by its schema, every reference, then the pack's own tests and scenarios. Exit code 1 on any problem. */
export async function check(folders: string[]): Promise<void> {
  for (const folder of folders) {
    const started = performance.now();
    const { problems } = await examine(folder);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    if (problems.length === 0) say(`✓ ${folder} passes its check (${seconds} s)`);
    else {
      say(`✗ ${tell(folder, problems)}`);
      process.exitCode = 1;
    }
  }
}

/**
 * `wayside pack add`: the whole check, scenarios too, then a copy in the edge's data folder. A pack that fails changes nothing: the one that
 * was there goes on. One that is there already, byte for byte, checked by this same version, is not checked again.
 * @throws WaysideError `pack-invalid` with every problem
 */
export async function add(folder: string, flags: { data?: string }): Promise<void> {
  const root = folderOf(flags.data);
  const known = await alreadyThere(folder, root);
  if (known) return say(`✓ ${known} is installed already, and unchanged.`);
  const { pack, problems } = await examine(folder);
  if (!pack) throw new WaysideError('pack-invalid', `${tell(folder, problems)}\nNothing was changed: what is installed goes on.`);
  if (pack.family === coreFamily)
    throw new WaysideError(
      'invalid',
      `"${coreFamily}" is what all packs share and ships with Wayside: give your pack a family of its own.`,
    );
  const replaced = await installPack(pack, root, version, Date.now());
  say(
    `✓ ${pack.family} ${pack.version} is installed${replaced ? `, in place of ${replaced.receipt.version}` : ''}. Restart the edge to use it.`,
  );
}

/** `wayside pack remove`. @throws WaysideError `not-found` */
export async function remove(family: string, flags: { data?: string }): Promise<void> {
  const { receipt } = await removePack(family, folderOf(flags.data));
  const shipped = (await loadPacks(packsRoot)).packs.find((one) => one.family === family);
  say(
    `✓ ${family} ${receipt.version} is removed${shipped ? `; ${shipped.version}, which ships with Wayside, takes its place` : ''}. Restart the edge.`,
  );
}

/** `wayside pack new`: a pack that passes its check as it is, with one fault as an example. @throws WaysideError `invalid` */
export function create(family: string, flags: { title?: string; measures: string; folder?: string }): void {
  const folder = flags.folder ?? family;
  try {
    if (idOf(family) !== family || family === coreFamily)
      throw new Unclear(
        `A family is named in small Latin letters, digits and -, such as “${idOf(family) || 'well-pump'}”; “${coreFamily}” is what all share.`,
      );
    const title = flags.title ?? family.replace(/-/g, ' ').replace(/^./, (letter) => letter.toUpperCase());
    writeFiles(folder, packFiles({ family, title, measures: readMeasures(flags.measures) }));
  } catch (cause) {
    if (cause instanceof Unclear) throw new WaysideError('invalid', cause.message, { cause });
    throw cause;
  }
  say(`✓ A pack for ${family} is in ${folder}. It passes its check as it is: wayside pack check ${folder}`);
}

const coreFamily = 'core';

async function alreadyThere(folder: string, root: string): Promise<string | undefined> {
  const fingerprint = await fingerprintOf(folder).catch(() => undefined);
  const same = (await installedPacks(root)).find(({ receipt }) => receipt.fingerprint === fingerprint && receipt.by === version);
  // What lies there may have been changed by hand since.
  return same && (await fingerprintOf(same.dir)) === fingerprint ? `${same.receipt.family} ${same.receipt.version}` : undefined;
}

/** The whole check of a folder. `pack` is there only when there is no problem. */
async function examine(folder: string): Promise<{ pack?: Pack; problems: PackProblem[] }> {
  const { pack, problems } = await checkPack(folder);
  if (!pack) return { problems };
  const inTests = await checkPackTests(pack);
  if (inTests.length > 0) return { problems: inTests };
  const failed = await checkPackBehaviour(pack, {
    core: await loadPack(join(packsRoot, coreFamily)),
    play: async (file) => replay({ ...(await openScenario(file)), start: begin }),
    onScenario: progress,
  });
  return failed.length > 0 ? { problems: failed } : { pack, problems: [] };
}

/** Only where somebody watches; the line is wiped at the end. */
function progress(number: number, of: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r  scenario ${number} of ${of}`);
  if (number === of) process.stderr.write('\r\x1b[K');
}
