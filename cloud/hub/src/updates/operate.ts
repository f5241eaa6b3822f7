import { join } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import type { Signer } from '@wayside/record';
import type { UpdateStatus } from '../api/update-types.ts';
import { keepKey, readKey, rootSigner, type UpdateKey } from './keys.ts';
import { goodFor, makeRoot, makeTargets, readRoot, rolesOf, signed } from './metadata.ts';

/** What whoever keeps the keys does with them, away from the hub. A folder of keys holds `root.pem` and `targets.pem`. */

type Signed = { root?: string; targets?: string };
type Name = 'root' | 'targets';

/**
 * Signs the list of all that edges may have, what waited too; and the root anew when half its life is over and enough of its keys are here.
 * @throws WaysideError `forbidden` when none of the keys is one the root names
 */
export async function signWaiting(status: UpdateStatus, folders: readonly string[], now: number): Promise<Signed> {
  const roles = rolesOf(readRoot(status.root));
  const targets = await keysFor('targets', roles.targets, folders);
  if (targets.length === 0)
    throw new WaysideError('forbidden', `No key in ${folders.join(', ')} may sign the list: none is named by the root.`);
  const [root, list] = [status.roles.find(({ role }) => role === 'root')!, status.roles.find(({ role }) => role === 'targets')!];
  const owners = await keysFor('root', roles.root, folders);
  const renewed = root.expiresAt - now < goodFor.root / 2 && owners.length >= roles.threshold;
  return {
    ...(renewed ? { root: signed(makeRoot(root.version + 1, roles, now), owners) } : {}),
    targets: signed(makeTargets(list.version, status.wanted.map(plain), now), targets),
  };
}

/**
 * The next root, with the keys of other folders, made where there are none; the list of what was signed already under their keys. What waits goes on waiting.
 * @param threshold so many of the new root keys must sign the one after it
 * @param online the key file of the hub, when it is replaced too
 * @throws WaysideError `forbidden` when too few of the old keys are here, `invalid` for a threshold that cannot be reached
 */
export async function rotateKeys(
  status: UpdateStatus,
  { from, to, threshold, online }: { from: readonly string[]; to: readonly string[]; threshold: number; online?: string },
  now: number,
): Promise<Required<Signed>> {
  const roles = rolesOf(readRoot(status.root));
  const old = await keysFor('root', roles.root, from);
  if (old.length < roles.threshold)
    throw new WaysideError(
      'forbidden',
      `${roles.threshold} of the root’s keys must sign the next; in ${from.join(', ')} there are ${old.length}.`,
    );
  if (!(Number.isInteger(threshold) && threshold >= 1 && threshold <= to.length))
    throw new WaysideError('invalid', `The threshold is a number from 1 to ${to.length}, which is how many folders of keys you name.`);
  const [fresh, targets] = [await made('root', to), await made('targets', to)];
  const by = new Map([...old, ...fresh].map((one) => [one.key.keyID, one]));
  const next = {
    root: fresh.map(({ key }) => key),
    threshold,
    targets: targets.map(({ key }) => key),
    online: online === undefined ? roles.online : [(await keepKey(online)).key],
  };
  const versionOf = (role: Name) => status.roles.find((one) => one.role === role)!.version;
  return {
    root: signed(makeRoot(versionOf('root') + 1, next, now), [...by.values()]),
    targets: signed(makeTargets(versionOf('targets'), status.wanted.filter((one) => one.signed).map(plain), now), targets),
  };
}

const plain = ({ path, sha256, bytes, custom }: UpdateStatus['wanted'][number]) => ({ path, sha256, bytes, custom });

async function keysFor(name: Name, named: readonly { keyID: string }[], folders: readonly string[]): Promise<UpdateKey[]> {
  const found = await Promise.all(folders.map((folder) => readKey(join(folder, `${name}.pem`))));
  return found.filter((one) => one !== undefined).filter(({ key }) => named.some(({ keyID }) => keyID === key.keyID));
}

const made = (name: Name, folders: readonly string[]) => Promise.all(folders.map((folder) => keepKey(join(folder, `${name}.pem`))));

/** The root's keys of these folders, as signers of what an operator says beside updates. @throws WaysideError `not-found` */
export const signersIn = (folders: readonly string[]): Promise<Signer[]> => Promise.all(folders.map(rootSigner));

export { type Draft, draftRoot, readDraft } from './draft.ts';
export { makeHolder, readHolder } from './holder.ts';
export { joinDrafts, signDraft, stateOf } from './sign-draft.ts';
