import type { Pack } from '@wayside/packs';
import { holds, type Value } from '@wayside/protocol';

/**
 * Whether somebody can be asked this of a machine as it is now, by the observation's `askWhile`; what the machine never told speaks against nothing.
 * @param latest its newest reading of a signal
 */
export const fitsNow = (
  { askWhile = [] }: Pick<Pack['observations'][string], 'askWhile'>,
  latest: (signal: string) => { value: Value } | undefined,
): boolean =>
  askWhile.every((condition) => {
    const told = latest(condition.signal);
    return told === undefined || holds(condition, told.value);
  });
