import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { modelManifest, packBundle, type Take, targetOf } from '@wayside/contract';
import { readCatalog } from '@wayside/models';
import { fingerprintOf, layOut, tell } from '@wayside/packs';
import { check, WaysideError } from '@wayside/protocol';
import { installPack } from '../packs/installed.ts';
import { type InstalledPack, installedPacks } from '../packs/receipts.ts';
import type { Prepare } from '../prepare/prepare.ts';
import { endTrial, putBack, putInPlace } from './trial.ts';

/** `fresh`: it comes into force by a new start. */
export type Outcome =
  | { state: 'placed'; fresh: true }
  | { state: 'back'; fresh: boolean }
  | { state: 'refused'; problem: string; fresh: false };

type Parts = {
  data: string;
  /** Where the packs lie that ship. */
  packsRoot: string;
  version: string;
  prepare: Prepare;
  /** What the operator signed under this path. */
  fetchVerified(path: string): Promise<Buffer>;
  /** Fetches a model unless it is here. */
  pull(model: string): Promise<unknown>;
  now: () => number;
};

/**
 * Does what a rollout asks for. A pack is fetched as its operator signed it, held against its fingerprint, checked whole and made ready beside the
 * others before it takes its place; one that fails changes nothing. A model is the very file that was signed.
 * @returns what came of it; what was placed runs from the next start on
 * @throws when the hub or the source of a model cannot be reached: then it is tried again
 */
export async function carryOut(take: Take, parts: Parts): Promise<Outcome> {
  if (take.back) {
    const fresh = await putBack(parts.data, take);
    await endTrial(parts.data);
    return { state: 'back', fresh };
  }
  try {
    const path = targetOf(take.what);
    const signed: unknown = path === undefined ? undefined : JSON.parse((await parts.fetchVerified(path)).toString());
    const pack = take.what.of === 'pack' ? await checkedPack(take.what, signed, parts) : undefined;
    if (take.what.of === 'generator' && signed !== undefined) await pullSigned(take.what.model, signed, parts);
    await putInPlace(parts.data, take, pack);
    return { state: 'placed', fresh: true };
  } catch (error) {
    if (error instanceof WaysideError && permanent.has(error.code))
      return { state: 'refused', problem: error.message.slice(0, 2000), fresh: false };
    throw error;
  }
}

/** Trying again would fail again. */
const permanent: ReadonlySet<string> = new Set(['invalid', 'too-large', 'pack-invalid', 'not-found', 'model-corrupt']);

/** The model this edge knows by that name must be the one that was signed; its SHA-256 is then held against what comes. */
async function pullSigned(model: string, signed: unknown, { pull }: Parts): Promise<void> {
  const { id, sha256 } = check(modelManifest, signed, 'model');
  if (id !== model || readCatalog().find((entry) => entry.id === model)?.sha256 !== sha256)
    throw new WaysideError('invalid', `The language model ${model} that was signed is not the one this edge knows by that name.`);
  await pull(model);
}

async function checkedPack(
  { family, version: packVersion, fingerprint }: Extract<Take['what'], { of: 'pack' }>,
  signed: unknown,
  { data, packsRoot, version, prepare, now }: Parts,
): Promise<InstalledPack | undefined> {
  const folder = join(data, 'packs-coming');
  const [laid, root] = [join(folder, 'laid'), join(folder, 'checked')];
  await rm(folder, { recursive: true, force: true });
  await layOut(check(packBundle, signed, 'pack').files, laid);
  if ((await fingerprintOf(laid)) !== fingerprint)
    throw new WaysideError('invalid', 'What came is not the pack that was announced: its fingerprint differs.');
  await installPack({ family, version: packVersion, dir: laid }, root, version, now());
  // Checked whole, and made ready beside the others, by whoever makes packs ready: not in this process, where it can.
  const { packs, broken } = await prepare(packsRoot, root);
  const failed = broken.find(({ dir }) => dir.startsWith(root));
  if (failed) throw new WaysideError('pack-invalid', tell(`The pack ${family}`, failed.problems));
  if (packs.find((pack) => pack.family === family)?.version !== packVersion)
    throw new WaysideError('invalid', `What came is not the pack ${family} ${packVersion}.`);
  return (await installedPacks(root))[0];
}
