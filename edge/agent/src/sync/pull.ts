import type { Desk } from '@wayside/contract';
import { failpoint } from '@wayside/sqlite';
import type { Log } from '../log.ts';
import type { DownStream } from './down-stream.ts';
import type { HubDoor } from './hub.ts';

/**
 * Fetches what the hub has for us and takes each envelope exactly once. One that bears a number we have from another hub, or from an earlier state of
 * this one, is told by its mark: then all is looked through from the first.
 */
export async function pull(
  stream: DownStream,
  hub: Pick<HubDoor, 'down'>,
  log: Pick<Log, 'warn'>,
  onDesk?: (desk: Desk) => Promise<void>,
): Promise<number> {
  let applied = 0;
  for (;;) {
    const { after, mark } = await stream.place();
    const batch = await hub.down(after, 100, mark);
    if (batch.desk) await onDesk?.(batch.desk);
    if (batch.putBack) {
      if (after === 0) return applied;
      log.warn({ after }, 'the hub was put back to an earlier state: what it has for us is looked through from the first');
      await stream.rewind();
      continue;
    }
    for (const envelope of batch.envelopes) {
      const news = await stream.take(envelope);
      failpoint('edge.down.taken');
      news?.();
      applied++;
    }
    if (!batch.more) return applied;
  }
}
