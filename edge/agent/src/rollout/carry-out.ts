import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Take } from '@wayside/contract';
import { fingerprintOf, layOut, tell } from '@wayside/packs';
import { WaysideError } from '@wayside/protocol';
import { type InstalledPack, installedPacks, installPack } from '../packs/installed.ts';
import type { Prepare } from '../prepare/prepare.ts';
import type { HubDoor } from '../sync/hub.ts';
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
  hub: Pick<HubDoor, 'pack'>;
  /** Fetches a model unless it is here. */
  pull(model: string): Promise<unknown>;
  now: () => number;
};

/**
 * Does what a rollout asks for. A pack is fetched, held against its fingerprint, checked whole and made ready beside the others before it takes
 * its place; one that fails changes nothing.
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
    const pack = take.what.of === 'pack' ? await fetchPack(take.what, parts) : undefined;
    if (take.what.of === 'generator' && take.what.model !== 'none') await parts.pull(take.what.model);
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

async function fetchPack(
  { family, version: packVersion, fingerprint }: Extract<Take['what'], { of: 'pack' }>,
  { data, packsRoot, version, prepare, hub, now }: Parts,
): Promise<InstalledPack | undefined> {
  const folder = join(data, 'packs-coming');
  const [laid, root] = [join(folder, 'laid'), join(folder, 'checked')];
  await rm(folder, { recursive: true, force: true });
  await layOut((await hub.pack(fingerprint)).files, laid);
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
