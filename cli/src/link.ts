import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WaysideError } from '@wayside/protocol';
import { localSite } from './site.ts';

/** `wayside link`: fresh one-time links to panel and console of the site that runs here. */
export async function link(flags: { data: string }): Promise<void> {
  const site = await localSite(flags.data);
  if (!site) throw new WaysideError('not-found', `No site was started with the data folder ${flags.data}. Start one with “npm start”.`);
  const hubToken = await readFile(join(flags.data, 'hub', 'hub-token'), 'utf8').catch(() => undefined);
  process.stdout.write(`Panel    ${await ask(site.edge.url, site.edge.token)}\n`);
  if (hubToken) process.stdout.write(`Console  ${await ask(site.hub.url, hubToken.trim())}\n`);
}

async function ask(url: string, token: string): Promise<string> {
  const response = await fetch(new URL('/v1/auth/links', url), { method: 'POST', headers: { authorization: `Bearer ${token}` } }).catch(
    (cause: unknown) => {
      throw new WaysideError('unavailable', `Nothing answers at ${url}. Is Wayside running?`, { cause });
    },
  );
  if (!response.ok) throw new WaysideError('unauthorized', `${url} did not make a link (${response.status}).`);
  return url + ((await response.json()) as { link: string }).link;
}
