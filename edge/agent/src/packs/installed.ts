import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkPack, fingerprintOf, type Pack, type PackProblem, packFiles, receiptName, type WholePack } from '@wayside/packs';
import { WaysideError } from '@wayside/protocol';
import { type InstalledPack, installedPacks, type Receipt } from './receipts.ts';

/**
 * Copies a pack that has passed its check into the folder of installed ones, and takes out what it replaces. Whatever happens on the way,
 * there is always one whole pack of the family: the new one comes in by one rename, under a name of its own.
 * @param root the folder of installed packs, made where it is not there
 * @param by the version of Wayside that checked it; @param now epoch ms
 * @returns what was replaced, if anything was
 */
export async function installPack(
  pack: Pick<Pack, 'family' | 'version' | 'dir'>,
  root: string,
  by: string,
  now: number,
): Promise<InstalledPack | undefined> {
  const before = (await installedPacks(root)).filter(({ receipt: { family } }) => family === pack.family);
  const fingerprint = await fingerprintOf(pack.dir);
  const dir = join(root, `${pack.family}-${pack.version}-${fingerprint.slice(0, 12)}`);
  const coming = `${dir}.coming`;
  await rm(coming, { recursive: true, force: true });
  for (const file of await packFiles(pack.dir)) {
    await mkdir(dirname(join(coming, file)), { recursive: true });
    await copyFile(join(pack.dir, file), join(coming, file));
  }
  const { family, version } = pack;
  const kept: Receipt = { family, version, fingerprint, by, at: now };
  await writeFile(join(coming, receiptName), `${JSON.stringify(kept, null, 2)}\n`);
  await rm(dir, { recursive: true, force: true });
  await rename(coming, dir);
  for (const old of before) if (old.dir !== dir) await rm(old.dir, { recursive: true, force: true });
  return newest(before);
}

/** Takes a family's installed pack out. @returns what was taken out @throws WaysideError `not-found` that names those there are */
export async function removePack(family: string, root: string): Promise<InstalledPack> {
  const all = await installedPacks(root);
  const its = all.filter((one) => one.receipt.family === family);
  const [first] = its;
  if (!first) {
    const there = [...new Set(all.map((one) => one.receipt.family))].join(', ') || 'none';
    throw new WaysideError('not-found', `No pack "${family}" was installed here. Installed: ${there}. Packs that ship with Wayside stay.`);
  }
  for (const { dir } of its) await rm(dir, { recursive: true, force: true });
  return newest(its) ?? first;
}

/**
 * The installed packs that may be used: one of a family, unchanged since it passed its check. A pack that was changed afterwards is told as
 * broken, because nobody knows what it would diagnose.
 */
export async function loadInstalled(root: string): Promise<{ packs: WholePack[]; broken: { dir: string; problems: PackProblem[] }[] }> {
  const packs: WholePack[] = [];
  const broken: { dir: string; problems: PackProblem[] }[] = [];
  const byFamily = Map.groupBy(await installedPacks(root), (one) => one.receipt.family);
  for (const group of byFamily.values()) {
    const { dir, receipt: kept } = newest(group)!;
    if ((await fingerprintOf(dir)) !== kept.fingerprint) {
      const problem = 'was changed after it passed its check: install it again with "wayside pack add"';
      broken.push({ dir, problems: [{ file: '.', at: '', problem }] });
      continue;
    }
    const { pack, problems } = await checkPack(dir);
    if (pack) packs.push(pack);
    else broken.push({ dir, problems });
  }
  return { packs, broken };
}

const newest = (all: readonly InstalledPack[]): InstalledPack | undefined => [...all].sort((a, b) => b.receipt.at - a.receipt.at)[0];
