import type { Log } from '../log.ts';
import type { EdgeStore } from '../store/open.ts';
import { sizeOf } from '../store/set-aside.ts';
import { inspectedUpTo } from './open-or-rescue.ts';

/**
 * Looks through a store that was too large for a look before service began; call it when service has. Resolves when that is done, or called off by the
 * store's end.
 * @param onDamage told what is wrong with it
 */
export async function lookThrough(
  store: Pick<EdgeStore, 'file' | 'inspectAside'>,
  log: Log,
  onDamage: ((error: Error) => void) | undefined,
  upTo = inspectedUpTo,
): Promise<void> {
  if ((await sizeOf(store.file)) <= upTo) return;
  const found = await store.inspectAside().catch((error: Error) => ({ kind: 'unknown', why: error.message }) as const);
  if (found.kind === 'damaged') onDamage?.(new Error(found.why));
  else if (found.kind === 'unknown') log.info({ file: store.file, why: found.why }, 'the store was not looked through for damage');
}
