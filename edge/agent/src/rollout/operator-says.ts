import type { Db } from '../store/schema.ts';
import type { HubDoor } from '../sync/hub.ts';
import { keptRoot } from '../sync/trusted-root.ts';
import { newestRoot } from './fetch-verified.ts';

/** What is needed of it; that it is whole and signed was proved before it was kept. */
type Root = {
  signed: { keys: Record<string, { keyval: { public: string } }>; roles: { root: { keyids: string[]; threshold: number } } };
};

/**
 * Are these keys (Ed25519, base64url) those of the root from which this edge trusts updates, and enough of them? Only a root that came with an
 * enrolment speaks: this is asked when the hub itself may not be what it was.
 */
export async function operatorSays(
  keys: readonly string[],
  { db, data, hub }: { db: Db; data: string; hub: Pick<HubDoor, 'update'> | undefined },
): Promise<boolean> {
  const pinned = await keptRoot(db);
  if (pinned === undefined || !hub) return false;
  const { keys: all, roles } = (JSON.parse(await newestRoot({ data, hub, root: pinned })) as Root).signed;
  const known = roles.root.keyids.map((id) => Buffer.from(all[id]?.keyval.public ?? '', 'hex').toString('base64url'));
  return new Set(keys.filter((key) => known.includes(key))).size >= roles.root.threshold;
}
