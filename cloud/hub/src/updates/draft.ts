import type { Key } from '@tufjs/models';
import { check, WaysideError } from '@wayside/protocol';
import { z } from 'zod';
import type { UpdateStatus } from '../api/update-types.ts';
import type { Holder } from './holder.ts';
import { isSignedFor, makeRoot, makeTargets, readRoot, readTargets, rolesOf, signed } from './metadata.ts';

const shape = z
  .object({ was: z.string().max(512_000), root: z.string().max(512_000), targets: z.string().max(5_000_000).optional() })
  .strict();
/**
 * The next root as a file that goes from holder to holder, so that no two keys need ever be in one place (TUF 1.0 §6.1). Nothing in it is secret.
 * `was`: the root in force. `root`: the next. `targets`: the list anew, where whoever signed the one in force may sign it no more.
 */
export type Draft = z.infer<typeof shape>;

/** @throws WaysideError `invalid` */
export function readDraft(text: string): Draft {
  try {
    const draft = check(shape, JSON.parse(text), 'draft');
    for (const root of [draft.was, draft.root]) readRoot(root);
    if (draft.targets !== undefined) readTargets(draft.targets);
    return draft;
  } catch (cause) {
    throw new WaysideError('invalid', 'This is no draft of a root. “wayside updates draft FILE” makes one.', { cause });
  }
}

/**
 * What the root becomes: with these holders more, without those keys, and good for two years from now.
 * @param without so much of each key's id that it is one
 * @throws WaysideError `not-found` for a key the root does not name, `invalid` when too few are left
 */
export function draftRoot(
  status: UpdateStatus,
  { add, without, threshold }: { add: readonly Holder[]; without: readonly string[]; threshold?: number },
  now: number,
): Draft {
  const before = readRoot(status.root);
  const roles = rolesOf(before);
  const ids = unique([...roles.root, ...roles.targets]).map(({ keyID }) => keyID);
  const stranger = without.find((start) => ids.filter((id) => id.startsWith(start)).length !== 1);
  if (stranger !== undefined)
    throw new WaysideError('not-found', `${stranger} is not the beginning of exactly one key’s id. “wayside updates status” lists them.`);
  const stays = (keys: readonly Key[]) => keys.filter(({ keyID }) => !without.some((start) => keyID.startsWith(start)));
  const next = {
    root: unique([...stays(roles.root), ...add.map((one) => one.root)]),
    targets: unique([...stays(roles.targets), ...add.map((one) => one.targets)]),
    threshold: threshold ?? roles.threshold,
    online: roles.online,
  };
  if (!(Number.isInteger(next.threshold) && next.threshold >= 1 && next.threshold <= next.root.length))
    throw new WaysideError('invalid', `The threshold is a number from 1 to ${next.root.length}: so many root keys are left.`);
  if (next.targets.length === 0) throw new WaysideError('invalid', 'No key is left that signs the list of what edges may have.');
  const root = makeRoot(before.signed.version + 1, next, now);
  const listed = status.wanted.filter((one) => one.signed).map(({ signed: _, ...one }) => one);
  const { version } = status.roles.find(({ role }) => role === 'targets')!;
  return {
    was: status.root,
    root: signed(root, []),
    ...(isSignedFor(root, 'targets', status.targets) ? {} : { targets: signed(makeTargets(version, listed, now), []) }),
  };
}

const unique = (keys: readonly Key[]): Key[] => [...new Map(keys.map((key) => [key.keyID, key])).values()];
