import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import { localSite } from './site.ts';

export type HubFlags = { hub?: string; token?: string; data?: string };

export const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (it) => it.isFile(),
    () => false,
  );

/**
 * The hub that is meant, and how to call it as its admin: the one named, else the one that was started here. `keys`: where its keys for updates lie, when
 * it is on this machine.
 * @throws WaysideError `unauthorized` without a token
 */
export async function findHub({ hub, token, data = 'data' }: HubFlags) {
  const folder = (await isFile(join(data, 'hub-token'))) ? data : join(data, 'hub');
  const base = hub ?? (await localSite(data))?.hub.url ?? 'http://127.0.0.1:8090';
  const secret = token ?? process.env.WAYSIDE_HUB_TOKEN ?? (await readFile(join(folder, 'hub-token'), 'utf8').catch(() => ''));
  if (secret.trim() === '')
    throw new WaysideError('unauthorized', 'No token for the hub. Name its data folder with --data, or give --hub and --token.');

  /** @throws WaysideError `unavailable` when no hub answers, `invalid` with what it says when it refuses */
  async function call<T = void>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(new URL(path, base), {
      method,
      headers: { authorization: `Bearer ${secret.trim()}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new WaysideError('unavailable', `No hub answers at ${base}. Start it, or name another with --hub.`, { cause });
    });
    const text = await response.text();
    if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
    const { detail } = (text.startsWith('{') ? JSON.parse(text) : {}) as { detail?: string };
    throw new WaysideError('invalid', detail ?? `The hub answered ${response.status}.`);
  }
  return { keys: join(folder, 'updates'), call };
}
