import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepKey, type UpdateKey } from '../../cloud/hub/src/updates/keys.ts';
import {
  makeRoot,
  makeSnapshot,
  makeTargets,
  makeTimestamp,
  readRoot,
  rolesOf,
  signed,
  type Target,
} from '../../cloud/hub/src/updates/metadata.ts';
import { fetchVerified } from '../../edge/agent/src/rollout/fetch-verified.ts';
import { HubRefused } from '../../edge/agent/src/sync/hub.ts';

/**
 * The attacks of the TUF specification 1.0 (§1.5.2) by a hub, or somebody in its place, that has all of what it may have: the files, the line, and
 * where it says so keys. Each with what an edge must do.
 */
const now = Date.now();
const year = 365 * 86_400_000;
let folder: string;
let keys: Record<'root' | 'second' | 'third' | 'targets' | 'online' | 'stranger', UpdateKey>;
/** What the hub shows, by path. */
let shown: Map<string, string | (() => ReadableStream<Uint8Array>)>;
let asked: string[];
let first: string;
let times = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'updates-'));
  const key = (name: string) => keepKey(join(folder, `${name}.pem`));
  keys = {
    root: await key('root'),
    second: await key('second'),
    third: await key('third'),
    targets: await key('targets'),
    online: await key('online'),
    stranger: await key('stranger'),
  };
  shown = new Map();
  asked = [];
  first = signed(makeRoot(1, roles(), now), [keys.root]);
});
afterEach(() => rm(folder, { recursive: true }));

const roles = () => ({ root: [keys.root.key], threshold: 1, targets: [keys.targets.key], online: [keys.online.key] });
const targetOf = (path: string, text: string): Target => ({
  path,
  sha256: createHash('sha256').update(text).digest('hex'),
  bytes: text.length,
  custom: {},
});
const pack = targetOf('packs/aa', 'what the operator signed');
const content = 'what the operator signed';

type Made = { targets: string; snapshot: string; timestamp: string; versions: [number, number, number] };
/** A whole repository as an honest hub shows it, each time newer. @param at by its clock, which its versions follow */
function publish(list: readonly Target[] = [pack], at = now + 1_000 * times++, signer: Partial<typeof keys> = {}): Made {
  const by = { ...keys, ...signer };
  const versionOf = (text: string) => (JSON.parse(text) as { signed: { version: number } }).signed.version;
  const targets = signed(makeTargets(0, list, at), [by.targets]);
  const snapshot = signed(makeSnapshot(0, { version: versionOf(targets), text: targets }, at), [by.online]);
  const timestamp = signed(makeTimestamp(0, { version: versionOf(snapshot), text: snapshot }, at), [by.online]);
  const made: Made = { targets, snapshot, timestamp, versions: [versionOf(targets), versionOf(snapshot), versionOf(timestamp)] };
  show(made);
  return made;
}
function show({ targets, snapshot, timestamp, versions }: Made): void {
  shown.set(`${versions[0]}.targets.json`, targets);
  shown.set(`${versions[1]}.snapshot.json`, snapshot);
  shown.set('timestamp.json', timestamp);
  shown.set(`targets/packs/${pack.sha256}.aa`, content);
}

const hub = {
  async update(path: string): Promise<ReadableStream<Uint8Array>> {
    asked.push(path);
    const it = shown.get(path);
    if (it === undefined) throw new HubRefused('unavailable', 'The hub answered 404', 0, 404);
    return typeof it === 'string' ? new Blob([it]).stream() : it();
  },
};
const fetchPack = async (path = 'packs/aa') => (await fetchVerified(path, 10_000, { data: folder, hub, root: first })).toString();
const refused = (reason: RegExp) => ({ code: 'invalid', message: expect.stringMatching(reason) });

describe('an edge that fetches what its operator signed', () => {
  it('takes it, and asks for no more than it must the next time', async () => {
    publish();
    expect(await fetchPack()).toBe(content);
    asked = [];
    expect(await fetchPack()).toBe(content);
    expect(asked).toEqual(['2.root.json', 'timestamp.json', `targets/packs/${pack.sha256}.aa`]);
  });

  it('after months without its hub goes on from where it was, over root keys that were replaced twice meanwhile', async () => {
    publish([pack], now - year);
    await fetchPack().catch(() => {});
    const second = makeRoot(2, { ...roles(), root: [keys.second.key] }, now);
    shown.set('2.root.json', signed(second, [keys.root, keys.second]));
    shown.set('3.root.json', signed(makeRoot(3, { ...roles(), root: [keys.third.key] }, now), [keys.second, keys.third]));
    publish();
    expect(await fetchPack()).toBe(content);
    // Who held the first key says nothing any more.
    shown.set('4.root.json', signed(makeRoot(4, roles(), now), [keys.root]));
    await expect(fetchPack()).rejects.toMatchObject(refused(/signed by 0\/1/));
  });

  it('tells a hub that is away from one that lies: it comes again', async () => {
    publish();
    shown.set('timestamp.json', () => new ReadableStream({ start: (to) => to.error(new Error('the line was cut')) }));
    await expect(fetchPack()).rejects.toThrow('the line was cut');
  });
});

describe('attacks', () => {
  it('arbitrary installation: what another key signed, or nobody, is not taken', async () => {
    publish([pack], undefined, { targets: keys.stranger });
    await expect(fetchPack()).rejects.toMatchObject(refused(/signed by 0\/1/));
    publish([pack], undefined, { online: keys.stranger });
    await expect(fetchPack()).rejects.toMatchObject(refused(/signed by 0\/1/));
    publish([]);
    await expect(fetchPack()).rejects.toMatchObject({ code: 'not-found' });
  });

  it('unknown key: a root by strangers replaces nothing, the right one with a stranger beside it does', async () => {
    publish();
    const theirs = { ...roles(), root: [keys.stranger.key] };
    shown.set('2.root.json', signed(makeRoot(2, theirs, now), [keys.stranger]));
    await expect(fetchPack()).rejects.toMatchObject(refused(/signed by 0\/1/));
    shown.set('2.root.json', signed(makeRoot(2, roles(), now), [keys.stranger, keys.root]));
    expect(await fetchPack()).toBe(content);
  });

  it('wrong software: another file under the path, of the same or another length', async () => {
    publish();
    shown.set(`targets/packs/${pack.sha256}.aa`, 'what the attacker signed');
    await expect(fetchPack()).rejects.toMatchObject(refused(/hash/));
    shown.set(`targets/packs/${pack.sha256}.aa`, content.slice(1));
    await expect(fetchPack()).rejects.toMatchObject(refused(/length/));
  });

  it('rollback: an older timestamp, snapshot or list than was seen', async () => {
    const old = publish([pack], now - 60_000);
    const fresh = publish([pack, targetOf('packs/bb', 'more')]);
    await fetchPack();
    show(old);
    await expect(fetchPack()).rejects.toMatchObject(refused(/less than/));
    // The online key alone, which is all that a hub has, cannot show an older list in a newer snapshot either.
    const versions: Made['versions'] = [old.versions[0], fresh.versions[1] + 1, fresh.versions[2] + 1];
    const snapshot = signed(makeSnapshot(versions[1] - 1, { version: versions[0], text: old.targets }, now), [keys.online]);
    const timestamp = signed(makeTimestamp(versions[2] - 1, { version: versions[1], text: snapshot }, now), [keys.online]);
    show({ targets: old.targets, snapshot, timestamp, versions });
    await expect(fetchPack()).rejects.toMatchObject(refused(/less than/));
  });

  it('rollback of the root: an old one comes not again', async () => {
    publish();
    shown.set('2.root.json', signed(makeRoot(2, roles(), now), [keys.root]));
    await fetchPack();
    shown.set('3.root.json', first);
    await expect(fetchPack()).rejects.toMatchObject(refused(/version/));
  });

  it('indefinite freeze: what is out of date is not taken, said so, and taken once it is signed anew', async () => {
    publish([pack], now - 3 * 86_400_000);
    await expect(fetchPack()).rejects.toMatchObject(refused(/out of date/));
    publish();
    expect(await fetchPack()).toBe(content);
  });

  it('fast-forward: versions run up by a stolen online key bind nobody once the key is replaced', async () => {
    const far = 10 ** 12;
    const made = publish();
    const snapshot = signed(makeSnapshot(far, { version: made.versions[0], text: made.targets }, now), [keys.online]);
    const timestamp = signed(makeTimestamp(far, { version: far + 1, text: snapshot }, now), [keys.online]);
    show({ ...made, snapshot, timestamp, versions: [made.versions[0], far + 1, far + 1] });
    await fetchPack();
    const online = keys.second;
    shown.set('2.root.json', signed(makeRoot(2, { ...roles(), online: [online.key] }, now), [keys.root]));
    publish([pack], undefined, { online });
    expect(await fetchPack()).toBe(content);
  });

  it('mix-and-match: a list and a snapshot that never were together', async () => {
    const one = publish([pack], now - 60_000);
    const other = publish([pack, targetOf('packs/bb', 'more')]);
    shown.set(`${other.versions[1]}.snapshot.json`, one.snapshot);
    await expect(fetchPack()).rejects.toMatchObject(refused(/hash|length/));
    show({ ...other, targets: one.targets });
    await expect(fetchPack()).rejects.toMatchObject(refused(/hash|length/));
    show(other);
    expect(await fetchPack()).toBe(content);
  });

  it('endless data: no more is read than was announced, of any file', async () => {
    let sent = 0;
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull(to) {
          sent += 65_536;
          to.enqueue(new Uint8Array(65_536));
        },
      });
    const made = publish();
    for (const path of ['2.root.json', 'timestamp.json', `${made.versions[1]}.snapshot.json`, `targets/packs/${pack.sha256}.aa`]) {
      const was = shown.get(path);
      sent = 0;
      shown.set(path, endless);
      await expect(fetchPack(), path).rejects.toMatchObject({ code: 'invalid' });
      expect(sent, path).toBeLessThan(800_000);
      if (was) shown.set(path, was);
      else shown.delete(path);
    }
    publish([{ ...pack, bytes: 20_000 }]);
    await expect(fetchPack()).rejects.toMatchObject({ code: 'too-large' });
  });

  it('extraneous dependencies: what is not asked for by name is never fetched', async () => {
    publish([pack, targetOf('packs/bb', 'more')]);
    await fetchPack();
    expect(asked.filter((path) => path.startsWith('targets/'))).toEqual([`targets/packs/${pack.sha256}.aa`]);
  });

  it('key compromise: one of three root keys, with two needed, changes nothing', async () => {
    const three = { ...roles(), root: [keys.root.key, keys.second.key, keys.third.key], threshold: 2 };
    first = signed(makeRoot(1, three, now), [keys.root, keys.second]);
    publish();
    expect(rolesOf(readRoot(first)).threshold).toBe(2);
    const theirs = { ...three, targets: [keys.stranger.key] };
    shown.set('2.root.json', signed(makeRoot(2, theirs, now), [keys.third]));
    await expect(fetchPack()).rejects.toMatchObject(refused(/signed by 1\/2/));
    shown.set('2.root.json', signed(makeRoot(2, theirs, now), [keys.third, keys.root]));
    publish([pack], undefined, { targets: keys.stranger });
    expect(await fetchPack()).toBe(content);
  });

  it('garbage in every file: refused, and nothing of it is kept', async () => {
    const made = publish();
    for (const path of ['2.root.json', 'timestamp.json', `${made.versions[1]}.snapshot.json`, `${made.versions[0]}.targets.json`])
      for (const text of ['', '{', '[]', 'null', '{"signed":{},"signatures":[]}', '\u0000\u0001']) {
        const was = shown.get(path);
        shown.set(path, text);
        await expect(fetchPack(), `${path} ${text}`).rejects.toMatchObject({ code: 'invalid' });
        if (was) shown.set(path, was);
        else shown.delete(path);
      }
    expect(await fetchPack()).toBe(content);
  });
});
