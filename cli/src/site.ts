import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export type LocalSite = {
  edge: { url: string; token: string; mqtt: { url: string; username: string; password: string } };
  hub: { url: string };
  /** The simulated things that run here. */
  things: string[];
};

/** The site that `wayside up` started with this data folder, if there is one. */
export async function localSite(data: string): Promise<LocalSite | undefined> {
  const text = await readFile(join(data, 'site.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as LocalSite);
}
