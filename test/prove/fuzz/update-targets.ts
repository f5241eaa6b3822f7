import { createHash, createPrivateKey } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Metadata, MetadataKind } from '@tufjs/models';
import { modelManifest, packBundle, releaseList, take } from '@wayside/contract';
import { layOut } from '@wayside/packs';
import { readDraft } from '../../../cloud/hub/src/updates/draft.ts';
import { keyFrom } from '../../../cloud/hub/src/updates/keys.ts';
import { makeRoot, makeSnapshot, makeTargets, makeTimestamp, signed } from '../../../cloud/hub/src/updates/metadata.ts';
import { fetchVerified } from '../../../edge/agent/src/rollout/fetch-verified.ts';
import { HubRefused } from '../../../edge/agent/src/sync/hub.ts';
import { issuesOf, json, kindOf, text } from './read.ts';
import type { Target } from './targets.ts';

// A day that is long to come, and a key that is always the same: what is signed is then the same in every run, and in date.
const now = Date.UTC(2100, 0, 1);
const secret = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 9)]);
const pem = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' }) as string;
const content = 'what was signed';
const sha256 = createHash('sha256').update(content).digest('hex');
const kinds = {
  '2.root.json': MetadataKind.Root,
  'timestamp.json': MetadataKind.Timestamp,
  'snapshot.json': MetadataKind.Snapshot,
  'targets.json': MetadataKind.Targets,
};

/** What a hub, or somebody in its place, shows of updates: the files of TUF, drafts, manifests, packs that travel. @param folder in memory if it can be */
export function updateTargets(folder: string): Target[] {
  const key = keyFrom(pem, 'of this door');
  const roles = { root: [key.key], threshold: 1, targets: [key.key], online: [key.key] };
  const versionOf = (text: string) => (JSON.parse(text) as { signed: { version: number } }).signed.version;
  const root = signed(makeRoot(1, roles, now), [key]);
  const nextRoot = signed(makeRoot(2, roles, now), [key]);
  const targets = signed(makeTargets(0, [{ path: 'packs/aa', sha256, bytes: content.length, custom: {} }], now), [key]);
  const snapshot = signed(makeSnapshot(0, { version: versionOf(targets), text: targets }, now), [key]);
  const timestamp = signed(makeTimestamp(0, { version: versionOf(snapshot), text: snapshot }, now), [key]);
  const shown: Record<string, string> = {
    '2.root.json': nextRoot,
    'timestamp.json': timestamp,
    'snapshot.json': snapshot,
    'targets.json': targets,
  };
  const all = Object.entries(shown);
  /** As whoever holds the key would sign it, where it can be signed at all. */
  const anew = (file: string, text: string) => {
    try {
      return signed(Metadata.fromJSON(kinds[file as keyof typeof kinds] as never, JSON.parse(text)), [key]);
    } catch {
      return text;
    }
  };
  const [data, laid] = [join(folder, 'edge'), join(folder, 'laid')];
  return [
    {
      name: 'signed lists of updates (TUF)',
      costs: 8_000,
      share: 0.5,
      examples: text(...all.flatMap(([file, said]) => [`${file}\n${said}`, `*${file}\n${said}`])),
      async eat(bytes) {
        const words = bytes.toString('utf8');
        const at = words.indexOf('\n');
        const own = words.startsWith('*');
        const file = words.slice(own ? 1 : 0, Math.max(at, 0));
        if (!Object.hasOwn(shown, file)) return 'another file';
        const said = words.slice(at + 1);
        const changed = own ? anew(file, said) : said;
        rmSync(data, { recursive: true, force: true });
        mkdirSync(data);
        const update = async (path: string) => {
          const asked = path.replace(/^\d+\.(?!root)/, '');
          const it = asked === file ? changed : path.startsWith('targets/') ? content : shown[asked];
          if (it === undefined) throw new HubRefused('unavailable', 'The hub answered 404', 0, 404);
          return new Blob([it]).stream();
        };
        return (await fetchVerified('packs/aa', 10_000, { data, hub: { update }, root })).length;
      },
    },
    {
      name: 'drafts of roots',
      costs: 60,
      examples: text({ was: root, root: nextRoot, targets }, { was: root, root: nextRoot }),
      eat: (bytes) => kindOf(readDraft(bytes.toString('utf8'))),
    },
    {
      name: 'manifests of releases, models and takes',
      costs: 25,
      examples: text(
        { release: 'r-1', version: '1.2.0', platform: 'linux-x64', files: [{ path: 'bin/wayside', sha256, bytes: 10, runs: true }] },
        { rollout: 'r', what: { of: 'pack', family: 'pump', version: '1', fingerprint: sha256 } },
        { rollout: 'r', what: { of: 'generator', model: 'm' }, back: true },
        { id: 'm', file: 'a', bytes: 1, sha256 },
      ),
      eat(bytes) {
        const value = json(bytes);
        return [releaseList, take, modelManifest].map((schema) => issuesOf(schema.safeParse(value))).join();
      },
    },
    {
      name: 'packs that travel',
      costs: 100,
      examples: text(
        { files: { 'pack.yaml': 'YQ==', 'articles/a.en.md': 'YQ==' } },
        { files: { '../a': 'YQ==' } },
        { files: { 'a/b': '', a: '' } },
      ),
      async eat(bytes) {
        const read = packBundle.safeParse(json(bytes));
        if (!read.success) return issuesOf(read);
        rmSync(laid, { recursive: true, force: true });
        mkdirSync(laid);
        await layOut(read.data.files, laid);
        return 'laid out';
      },
    },
  ];
}
