import { join } from 'node:path';
import type { Key, Metadata, Root, Targets } from '@tufjs/models';
import { WaysideError } from '@wayside/protocol';
import type { Draft } from './draft.ts';
import { readKey } from './keys.ts';
import { isSignedFor, readRoot, readTargets, rolesOf, signed } from './metadata.ts';

type Open = { root: Metadata<Root>; list: Metadata<Targets> | undefined; mayRoot: readonly Key[]; mayList: readonly Key[] };

const open = ({ was, root: text, targets }: Draft): Open => {
  const root = readRoot(text);
  const { root: next, targets: mayList } = rolesOf(root);
  return {
    root,
    list: targets === undefined ? undefined : readTargets(targets),
    mayRoot: [...rolesOf(readRoot(was)).root, ...next],
    mayList,
  };
};
const close = ({ was }: Draft, { root, list }: Open): Draft => ({
  was,
  root: signed(root, []),
  ...(list ? { targets: signed(list, []) } : {}),
});

/**
 * Signs a draft with what one holder has.
 * @throws WaysideError `forbidden` when neither the root before nor the next names any of it
 */
export async function signDraft(draft: Draft, folders: readonly string[]): Promise<Draft> {
  const opened = open(draft);
  const { root, list, mayRoot, mayList } = opened;
  let count = 0;
  for (const [name, metadata, may] of [['root', root, mayRoot] as const, ['targets', list, mayList] as const])
    for (const folder of metadata ? folders : []) {
      const held = await readKey(join(folder, `${name}.pem`));
      if (!held || !may.some(({ keyID }) => keyID === held.key.keyID)) continue;
      metadata?.sign(held.sign);
      count++;
    }
  if (count === 0) throw new WaysideError('forbidden', `Neither the root before nor the next names a key in ${folders.join(', ')}.`);
  return close(draft, opened);
}

/**
 * The signatures of all copies on one; such as do not hold are left out.
 * @throws WaysideError `conflict` when they are not copies of one draft
 */
export function joinDrafts(copies: readonly [Draft, ...Draft[]]): Draft {
  const [first, ...others] = copies.map(open) as [Open, ...Open[]];
  for (const { root, list } of others) {
    if (!first.root.signed.equals(root.signed) || !(first.list && list ? first.list.signed.equals(list.signed) : first.list === list))
      throw new WaysideError('conflict', 'These are not copies of one draft. Join what was signed of the same.');
    for (const key of first.mayRoot) if (holds(key, root)) first.root.sign(() => root.signatures[key.keyID]!);
    for (const key of first.mayList) if (list && holds(key, list)) first.list?.sign(() => list.signatures[key.keyID]!);
  }
  return close(copies[0], first);
}

export type DraftState = {
  /** All keys of before and after: whoever signs looks through them, since a draft may lie about what was. */
  keys: { id: string; for: 'root' | 'targets' | 'hub'; is: 'stays' | 'new' | 'goes'; signed: boolean }[];
  threshold: number;
  /** So many signatures are still needed: of the root's keys before, of those after, and under the list. */
  missing: { before: number; after: number; list: number };
};

export function stateOf(draft: Draft): DraftState {
  const { root, list } = open(draft);
  const [before, after] = [rolesOf(readRoot(draft.was)), rolesOf(root)];
  const rows = (
    of: DraftState['keys'][number]['for'],
    was: readonly Key[],
    next: readonly Key[],
    file: Metadata<Root | Targets> | undefined,
  ) =>
    [...new Map([...was, ...next].map((key) => [key.keyID, key])).values()].map((key) => {
      const [had, has] = [was, next].map((keys) => keys.some(({ keyID }) => keyID === key.keyID));
      const is = had && has ? ('stays' as const) : has ? ('new' as const) : ('goes' as const);
      return { id: key.keyID, for: of, is, signed: file !== undefined && holds(key, file) };
    });
  const short = ({ threshold, root: keys }: typeof before) => Math.max(0, threshold - keys.filter((key) => holds(key, root)).length);
  return {
    keys: [
      ...rows('root', before.root, after.root, root),
      ...rows('targets', before.targets, after.targets, list),
      ...rows('hub', before.online, after.online, undefined),
    ],
    threshold: after.threshold,
    missing: {
      before: short(before),
      after: short(after),
      list: draft.targets === undefined || isSignedFor(root, 'targets', draft.targets) ? 0 : 1,
    },
  };
}

/** Has this key signed it? What a copy brings may be anything. */
function holds(key: Key, metadata: Metadata<Root | Targets>): boolean {
  try {
    key.verifySignature(metadata);
    return true;
  } catch {
    return false;
  }
}
