import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { rotateKeys, signWaiting } from '@wayside/hub/updates';
import { WaysideError } from '@wayside/protocol';
import { findHub, type HubFlags, isFile } from './find-hub.ts';

type Keys = HubFlags & { keys: string[]; threshold?: string };
type Status = Parameters<typeof signWaiting>[0];

export const say = (line: string): void => void process.stdout.write(`${line}\n`);
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** `wayside updates status`: who signs what until when, and what waits to be signed. */
export async function status(flags: HubFlags): Promise<void> {
  const { roles, threshold, wanted } = await (await hubOf(flags)).status();
  for (const { role, version, expiresAt, keys, here } of roles)
    say(
      `${role.padEnd(9)} version ${version}, good until ${day(expiresAt)}, ${role === 'root' ? `${threshold} of ${keys.length}` : keys.length} ${keys.length === 1 ? 'key' : 'keys'}${here ? ', which lies at the hub' : ''}: ${keys.map((id) => id.slice(0, 12)).join(' ')}`,
    );
  if (roles.some(({ role, here }) => role === 'root' && here))
    say('\nWhoever takes this hub over can sign for it. Take the keys away: wayside updates init --keys FOLDER');
  sayWaiting(wanted, 'Waits to be signed (wayside updates sign --keys FOLDER):');
}

/** `wayside updates init`: makes the keys of people in folders that are no part of the hub, has the root name them, and takes the hub’s own away. */
export async function init({ keys, threshold, ...flags }: Keys): Promise<void> {
  const at = await hubOf(flags);
  // A hub makes its keys when it is first asked.
  const is = await at.status();
  if (!(await isFile(join(at.keys, 'root.pem'))))
    throw new WaysideError(
      'conflict',
      `The root key is not at this hub (${at.keys}) any more: “wayside updates rotate” changes keys that lie elsewhere.`,
    );
  await at.put(await rotateKeys(is, { from: [at.keys], to: keys, threshold: Number(threshold ?? 1) }, Date.now()));
  for (const name of ['root.pem', 'targets.pem']) await rm(join(at.keys, name), { force: true });
  say(
    `The keys are in ${keys.join(', ')} now, and no more at the hub. Keep each where nobody comes near it, and a copy elsewhere: without them nothing new is signed.`,
  );
}

/** `wayside updates sign`: signs what waits. Each thing is said, so that who signs sees what it is. */
export async function sign({ keys, ...flags }: Keys): Promise<void> {
  const at = await hubOf(flags);
  const is = await at.status();
  await at.put(await signWaiting(is, keys, Date.now()));
  sayWaiting(is.wanted, 'Signed:');
  say(
    `The list of ${is.wanted.length} is signed until ${day((await at.status()).roles.find(({ role }) => role === 'targets')!.expiresAt)}.`,
  );
}

/** `wayside updates rotate`: new keys in place of old ones. Edges follow, however long they were away. */
export async function rotate({ keys, to, threshold, online, ...flags }: Keys & { to: string[]; online?: boolean }): Promise<void> {
  const at = await hubOf(flags);
  const file = join(at.keys, 'online.pem');
  const fresh = join(at.keys, 'online-next.pem');
  const next = await rotateKeys(
    await at.status(),
    { from: keys, to, threshold: Number(threshold ?? 1), ...(online ? { online: fresh } : {}) },
    Date.now(),
  );
  if (online) await swap(file, fresh);
  await at.put(next).catch(async (error: unknown) => {
    if (online) await swap(file, fresh);
    throw error;
  });
  if (online) await rm(fresh, { force: true });
  say(`Signed by the old keys and the new ones. What ${keys.join(', ')} holds is worth nothing from now on.`);
}

export async function hubOf(flags: HubFlags) {
  const { keys, call } = await findHub(flags);
  return {
    keys,
    status: () => call<Status>('GET', '/v1/updates'),
    put: (signed: unknown) => call('POST', '/v1/updates', signed),
  };
}

async function swap(one: string, other: string): Promise<void> {
  await rename(one, `${one}.swap`);
  await rename(other, one);
  await rename(`${one}.swap`, other);
}

function sayWaiting(wanted: Status['wanted'], head: string): void {
  const waiting = wanted.filter(({ signed }) => !signed);
  if (waiting.length === 0) return;
  say(`\n${head}`);
  for (const { path, sha256, bytes, custom } of waiting)
    say(`  ${Object.values(custom).join(' ')}  ${path}  ${bytes} bytes  sha256 ${sha256}`);
}
