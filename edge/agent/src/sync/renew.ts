import type { Log } from '../log.ts';
import type { Credential } from './credential.ts';
import type { HubDoor } from './hub.ts';

const againMs = 3_600_000;

/**
 * Sees to it that this edge has a certificate, and the next one in time. One that could not be had is asked for an hour later; meanwhile what there
 * is goes on.
 * @param keep has it on disk when it resolves
 */
export function createRenewal(door: HubDoor, edge: string, keep: (fresh: Credential) => Promise<void>, log: Log, now: () => number) {
  let after = Number.NEGATIVE_INFINITY;
  return async (): Promise<void> => {
    if (now() < after) return;
    try {
      await door.renew(edge, async (fresh) => {
        await keep(fresh);
        log.info({ hub: door.url }, 'this edge has a new certificate of its hub');
      });
    } catch (error) {
      after = now() + againMs;
      log.warn({ hub: door.url, err: (error as Error).message }, 'no new certificate could be had from the hub; the old one goes on');
    }
  };
}
