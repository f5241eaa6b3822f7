import { type Loaded, loadPacks } from '@wayside/packs';
import { loadInstalled } from './installed.ts';

/**
 * All packs of a site: those that ship (or lie in the folder it was given), and the installed ones, which go before them.
 * A family whose installed pack is broken keeps the one that ships.
 * @param installed the folder of installed packs; it need not be there
 * @throws WaysideError `not-found` when `root` is not there
 */
export async function gatherPacks(root: string, installed: string): Promise<Loaded> {
  const shipped = await loadPacks(root);
  const added = await loadInstalled(installed);
  const byFamily = new Map([...shipped.packs, ...added.packs].map((pack) => [pack.family, pack]));
  return { packs: [...byFamily.values()], broken: [...shipped.broken, ...added.broken] };
}
