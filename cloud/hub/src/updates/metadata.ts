import { createHash } from 'node:crypto';
import { type Key, Metadata, MetadataKind, MetaFile, Root, Snapshot, TargetFile, Targets, Timestamp } from '@tufjs/models';
import type { UpdateKey } from './keys.ts';

/** The four files of a TUF repository (theupdateframework.github.io/specification, 1.0 §4), made, signed and read. Creates nothing by itself. */

const specVersion = '1.0.31';
const dayMs = 86_400_000;
/** For how long each is good. The first two are signed by people, the last two by the hub. */
export const goodFor = { root: 730 * dayMs, targets: 365 * dayMs, snapshot: 30 * dayMs, timestamp: dayMs } as const;
export type Role = keyof typeof goodFor;

/** What can be fetched: its path, and what it must be. */
export type Target = { path: string; sha256: string; bytes: number; custom: Record<string, string> };
type Roles = { root: readonly Key[]; threshold: number; targets: readonly Key[]; online: readonly Key[] };

const expires = (role: Role, now: number) => new Date(now + goodFor[role]).toISOString().replace(/\.\d+Z$/, 'Z');
/**
 * Versions of what is signed often follow the clock: a hub that is put back from an old copy is then not behind what edges have seen, and goes on
 * by itself. Never less than one more than before.
 */
const after = (version: number, now: number): number => Math.max(version + 1, Math.floor(now / 1000));

export function makeRoot(version: number, { root, threshold, targets, online }: Roles, now: number): Metadata<Root> {
  const made = new Root({ specVersion, version, expires: expires('root', now), consistentSnapshot: true });
  for (const key of root) made.addKey(key, MetadataKind.Root);
  for (const key of targets) made.addKey(key, MetadataKind.Targets);
  for (const key of online) for (const role of [MetadataKind.Snapshot, MetadataKind.Timestamp]) made.addKey(key, role);
  // A role’s threshold cannot be set once it is made; what it looks like is the specification’s.
  const json = made.toJSON() as { roles: Record<string, { threshold: number }> };
  json.roles.root!.threshold = threshold;
  return new Metadata(Root.fromJSON(json as never));
}

/** Who signs for what, as a root says. */
export function rolesOf({ signed }: Metadata<Root>): Roles {
  const keysOf = (role: string) => signed.roles[role]!.keyIDs.map((id) => signed.keys[id]!);
  return { root: keysOf('root'), threshold: signed.roles.root!.threshold, targets: keysOf('targets'), online: keysOf('timestamp') };
}

export function makeTargets(before: number, targets: readonly Target[], now: number): Metadata<Targets> {
  const made = new Targets({ specVersion, version: after(before, now), expires: expires('targets', now), targets: {} });
  for (const { path, sha256, bytes, custom } of targets)
    made.addTarget(new TargetFile({ path, length: bytes, hashes: { sha256 }, unrecognizedFields: { custom } }));
  return new Metadata(made);
}

export const targetsIn = ({ signed }: Metadata<Targets>): Target[] =>
  Object.values(signed.targets).map(({ path, length, hashes, custom }) => ({
    path,
    sha256: hashes.sha256 as string,
    bytes: length,
    custom: custom as Record<string, string>,
  }));

export const makeSnapshot = (before: number, targets: { version: number; text: string }, now: number): Metadata<Snapshot> =>
  new Metadata(
    new Snapshot({
      specVersion,
      version: after(before, now),
      expires: expires('snapshot', now),
      meta: { 'targets.json': new MetaFile({ version: targets.version, ...measure(targets.text) }) },
    }),
  );

export const makeTimestamp = (before: number, snapshot: { version: number; text: string }, now: number): Metadata<Timestamp> =>
  new Metadata(
    new Timestamp({
      specVersion,
      version: after(before, now),
      expires: expires('timestamp', now),
      snapshotMeta: new MetaFile({ version: snapshot.version, ...measure(snapshot.text) }),
    }),
  );

function measure(text: string): { length: number; hashes: { sha256: string } } {
  const bytes = Buffer.from(text);
  return { length: bytes.length, hashes: { sha256: createHash('sha256').update(bytes).digest('hex') } };
}

/** Signed by these keys, as text. */
export function signed(metadata: Metadata<Root | Targets | Snapshot | Timestamp>, keys: readonly UpdateKey[]): string {
  for (const { sign } of keys) metadata.sign(sign);
  return JSON.stringify(metadata.toJSON());
}

/** @throws when the text is no such metadata */
export const readRoot = (text: string): Metadata<Root> => Metadata.fromJSON(MetadataKind.Root, JSON.parse(text));
export const readTargets = (text: string): Metadata<Targets> => Metadata.fromJSON(MetadataKind.Targets, JSON.parse(text));
const readers = {
  targets: readTargets,
  snapshot: (text: string) => Metadata.fromJSON(MetadataKind.Snapshot, JSON.parse(text)),
  timestamp: (text: string) => Metadata.fromJSON(MetadataKind.Timestamp, JSON.parse(text)),
};

/** Whether a file is signed for its role as the root says. */
export function isSignedFor(root: Metadata<Root>, role: 'targets' | 'snapshot' | 'timestamp', text: string): boolean {
  try {
    root.verifyDelegate(role, readers[role](text));
    return true;
  } catch {
    return false;
  }
}

/** Of which version of the targets a snapshot speaks. */
export const targetsOf = (snapshot: string): number | undefined => readers.snapshot(snapshot).signed.meta['targets.json']?.version;
