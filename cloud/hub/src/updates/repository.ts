import { WaysideError } from '@wayside/protocol';
import type { UpdateStatus } from '../api/update-types.ts';
import { type Change, change, type Ground } from '../store/change.ts';
import type { Db } from '../store/schema.ts';
import { freshMs, keepFile, newest, type UpdateFile } from './files.ts';
import { heldFor, type KeyName, type KeyRing, keyFile } from './key-ring.ts';
import { keepKey, type UpdateKey } from './keys.ts';
import {
  goodFor,
  isSignedFor,
  makeRoot,
  makeSnapshot,
  makeTargets,
  makeTimestamp,
  type Role,
  readRoot,
  readTargets,
  rolesOf,
  signed,
  targetsIn,
  targetsOf,
} from './metadata.ts';
import { measureNew, wantedTargets } from './wanted.ts';

/** The others are signed anew at half their life. */
const isAging = (role: Role, { at }: UpdateFile, now: number) => now - at > (role === 'timestamp' ? freshMs : goodFor[role] / 2);

/**
 * Brings the repository up to now: makes it at the first use, signs what came where the key for it lies here, and what is signed often. What needs a
 * key that was taken away waits for `wayside updates sign`.
 */
export async function bringUp(here: Change, ring: KeyRing): Promise<void> {
  const { tx, now } = here;
  await here.alone('updates');
  await measureNew(tx, now);
  const root = (await newest(tx, 'root')) ?? (await begin(tx, ring, now));
  const trusted = readRoot(root.text);
  const roles = rolesOf(trusted);
  const targets = await bringUpTargets(tx, await heldFor(tx, ring, 'targets', roles.targets), now);
  const online = await heldFor(tx, ring, 'online', roles.online);
  // The key lies at a hub that has not come to share it yet.
  if (!online || !targets) return;
  let snapshot = await newest(tx, 'snapshot');
  const isFresh = snapshot && isSignedFor(trusted, 'snapshot', snapshot.text) && targetsOf(snapshot.text) === targets.version;
  const renewed = !snapshot || !isFresh || isAging('snapshot', snapshot, now);
  if (!snapshot || renewed)
    snapshot = await keepFile(tx, 'snapshot', signed(makeSnapshot(snapshot?.version ?? 0, targets, now), [online]), now);
  const timestamp = await newest(tx, 'timestamp');
  if (!timestamp || renewed || !isSignedFor(trusted, 'timestamp', timestamp.text) || isAging('timestamp', timestamp, now))
    await keepFile(tx, 'timestamp', signed(makeTimestamp(timestamp?.version ?? 0, snapshot, now), [online]), now);
}

async function begin(tx: Db, ring: KeyRing, now: number): Promise<UpdateFile> {
  const [root, targets, online] = [
    await keepKey(keyFile(ring, 'root')),
    await keepKey(keyFile(ring, 'targets')),
    await keepKey(keyFile(ring, 'online')),
  ];
  const made = makeRoot(1, { root: [root.key], threshold: 1, targets: [targets.key], online: [online.key] }, now);
  return keepFile(tx, 'root', signed(made, [root]), now);
}

async function bringUpTargets(tx: Db, key: UpdateKey | undefined, now: number): Promise<UpdateFile | undefined> {
  const targets = await newest(tx, 'targets');
  if (!key) return targets;
  const wanted = await wantedTargets(tx);
  const is = targets && JSON.stringify(targetsIn(readTargets(targets.text)));
  if (targets && is === JSON.stringify(wanted) && !isAging('targets', targets, now)) return targets;
  return keepFile(tx, 'targets', signed(makeTargets(targets?.version ?? 0, wanted, now), [key]), now);
}

/** What is signed by whom until when, and what waits to be signed. */
export async function readStatus(ground: Ground, ring: KeyRing): Promise<UpdateStatus> {
  return change(ground, async (here) => {
    await bringUp(here, ring);
    const { tx } = here;
    const [root, targets, wanted] = [await newest(tx, 'root'), await newest(tx, 'targets'), await wantedTargets(tx)];
    const roles = rolesOf(readRoot(root!.text));
    const is = new Set(targets ? targetsIn(readTargets(targets.text)).map((one) => JSON.stringify(one)) : []);
    const ids = (keys: readonly { keyID: string }[]) => keys.map(({ keyID }) => keyID);
    const held = async (name: KeyName, named: readonly { keyID: string }[]) => (await heldFor(tx, ring, name, named)) !== undefined;
    const row = async (role: Role, named: readonly { keyID: string }[], name: KeyName) => {
      const file = await newest(tx, role);
      return { role, version: file?.version ?? 0, expiresAt: file?.expiresAt ?? 0, keys: ids(named), here: await held(name, named) };
    };
    return {
      threshold: roles.threshold,
      roles: [
        await row('root', roles.root, 'root'),
        await row('targets', roles.targets, 'targets'),
        await row('snapshot', roles.online, 'online'),
        await row('timestamp', roles.online, 'online'),
      ],
      wanted: wanted.map((one) => ({ ...one, signed: is.has(JSON.stringify(one)) })),
      root: root!.text,
      targets: targets?.text ?? '',
    };
  });
}

/**
 * Takes what an operator signed: held to all an edge would hold it to, so that nothing is shown that edges refuse.
 * @throws WaysideError `invalid` with what is wrong
 */
export async function takeSigned(
  ground: Ground,
  ring: KeyRing,
  signedFiles: { root?: string | undefined; targets?: string | undefined },
): Promise<void> {
  await change(ground, async (here) => {
    await bringUp(here, ring);
    const { tx, now } = here;
    const [root, targets] = [(await newest(tx, 'root'))!, await newest(tx, 'targets')];
    const was = readRoot(root.text);
    try {
      const next = signedFiles.root === undefined ? was : readRoot(signedFiles.root);
      if (next !== was) {
        was.verifyDelegate('root', next);
        next.verifyDelegate('root', next);
        if (next.signed.version !== was.signed.version + 1) throw new Error(`the next root is version ${was.signed.version + 1}`);
        if (!(await heldFor(tx, ring, 'online', rolesOf(next).online))) throw new Error('it names another online key than this hub has');
      }
      const text = signedFiles.targets ?? targets?.text;
      if (text !== undefined) {
        const list = readTargets(text);
        next.verifyDelegate('targets', list);
        if (text !== targets?.text && list.signed.version <= (targets?.version ?? 0))
          throw new Error('the list is not newer than the one before');
      }
      if (next !== was) await keepFile(tx, 'root', signedFiles.root!, now);
      if (text !== undefined && text !== targets?.text) await keepFile(tx, 'targets', text, now);
    } catch (cause) {
      throw new WaysideError('invalid', `This is not signed as it must be, and nothing was changed: ${(cause as Error).message}.`, {
        cause,
      });
    }
    await bringUp(here, ring);
  });
}

/** Whether the signed list names it. */
export const isListed = (targets: UpdateFile | undefined, path: string): boolean =>
  targets !== undefined && targetsIn(readTargets(targets.text)).some((one) => one.path === path);

/** Whose word counts, as the root says. */
export function operatorOf(root: string): { keys: string[]; threshold: number } {
  const roles = rolesOf(readRoot(root));
  return {
    keys: roles.root.map(({ keyVal }) => Buffer.from(keyVal.public ?? '', 'hex').toString('base64url')),
    threshold: roles.threshold,
  };
}
