import { WaysideError } from '@wayside/protocol';
import type { Log } from '../log.ts';
import type { Credential } from './credential.ts';
import type { HubDoor } from './hub.ts';

const againMs = 3_600_000;

/**
 * Sees to it, before each talk with the hub, that this edge has a certificate, and the next one in time. While the old one is good, one that was
 * refused is asked for an hour later.
 * @param keep has it on disk when it resolves
 * @param monotonic ms by a clock that nobody sets: an hour of a clock that is put back can be years
 * @returns rejects when nothing else will get through either: the hub is away, or the old one has run out and no other could be had
 */
export function createRenewal(door: HubDoor, edge: string, keep: (fresh: Credential) => Promise<void>, log: Log, monotonic: () => number) {
  let after = Number.NEGATIVE_INFINITY;
  return async (): Promise<void> => {
    const standing = door.standing();
    if (standing === undefined || standing === 'good' || (standing === 'due' && monotonic() < after)) return;
    try {
      await door.renew(edge, async (fresh) => {
        await keep(fresh);
        log.info({ hub: door.url }, 'this edge has a new certificate of its hub');
      });
    } catch (error) {
      // What is no answer of the hub would meet everything else as well.
      if (standing === 'run-out' || !(error instanceof WaysideError)) throw error;
      after = monotonic() + againMs;
      log.warn({ hub: door.url, err: (error as Error).message }, 'no new certificate could be had from the hub; the old one goes on');
    }
  };
}
