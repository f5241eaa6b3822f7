import { maxBundleBytes, packsRoot } from '@wayside/packs';
import { WaysideError } from '@wayside/protocol';
import type { Site } from '../api/site.ts';
import type { Status } from '../api/types.ts';
import { installedPacksFolder } from '../config.ts';
import { withFingerprints } from '../packs/receipts.ts';
import { createRollouts, type Rollouts } from '../rollout/rollouts.ts';
import { trustedRoot } from '../sync/trusted-root.ts';
import type { Stores } from './open-stores.ts';
import type { AgentParts } from './parts.ts';

/** A pack in base64, and what its names take. */
const mostBytes = 2 * maxBundleBytes;

/** What the hub rolls out to this edge, and what this edge says it is. What it takes to carry an order out is loaded when one comes. */
export function createRolloutSide(
  parts: AgentParts,
  { db, hub }: Stores,
  status: () => Promise<Status>,
  onRecord: () => void,
): Rollouts & Pick<Site, 'takeRelease'> {
  const { config, log, now, version, prepare } = parts;
  const { data } = config;
  const { again = () => {}, pull = () => Promise.reject(new WaysideError('invalid', 'This edge fetches no models.')) } = parts;
  async function fromHub() {
    if (!hub) throw new WaysideError('unavailable', 'This edge has no hub.');
    const { fetchVerified } = await import('../rollout/fetch-verified.ts');
    const root = await trustedRoot(db, hub);
    return { hub, fetchVerified: (path: string) => fetchVerified(path, mostBytes, { data, hub, root }) };
  }

  const rollouts = createRollouts({
    ...{ db, data, log, now, again, onRecord },
    async carryOut(order) {
      const [{ carryOut }, { fetchVerified }] = [await import('../rollout/carry-out.ts'), await fromHub()];
      return carryOut(order, { data, packsRoot: config.packs ?? packsRoot, version, prepare, fetchVerified, pull, now });
    },
    async report() {
      const { startedAt, models, disk, packs } = await status();
      return {
        startedAt: Math.floor(startedAt),
        version,
        tier: models.tier,
        ...(models.name ? { generator: models.name } : {}),
        packs: await withFingerprints(packs, installedPacksFolder(config)),
        disk,
        errors: log.errors(),
      };
    },
  });
  return {
    ...rollouts,
    async takeRelease(release) {
      const [{ takeRelease }, signed] = [await import('../rollout/take-release.ts'), await fromHub()];
      const platform = `${process.platform}-${process.arch}`;
      return takeRelease(release, { data, platform, ...signed, monotonic: () => performance.now() });
    },
  };
}
