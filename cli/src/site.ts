import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WaysideError } from '@wayside/protocol';

export type LocalSite = {
  edge: { url: string; token: string; mqtt: { url: string; username: string; password: string } };
  hub: { url: string };
  /** The simulated things that run here. */
  things: string[];
};

/**
 * The site that `wayside up` started with this data folder, if there is one.
 * @throws WaysideError `invalid` when its file cannot be read
 */
export async function localSite(data: string): Promise<LocalSite | undefined> {
  const file = join(data, 'site.json');
  try {
    const site = JSON.parse(await readFile(file, 'utf8')) as Partial<LocalSite> | null;
    if (site?.edge?.url && site.edge.token && site.edge.mqtt?.url && site.hub?.url && Array.isArray(site.things)) return site as LocalSite;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code)
      throw new WaysideError('invalid', `${file} cannot be read (${code}). Use the user who started Wayside, or another --data.`, {
        cause,
      });
  }
  throw new WaysideError('invalid', `${file} is damaged. Start Wayside again: it writes a new one.`);
}
