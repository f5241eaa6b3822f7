import {
  type Checkpoint,
  ed25519Note,
  hasTile,
  joinBytes,
  leafHash,
  type NoteKey,
  noteKey,
  type Restoration,
  readTilePath,
  rootOf,
  type Signer,
  signNote,
  signRestoration,
  toBase64Url,
  utf8,
  writeCheckpoint,
  writeNote,
  writeVkey,
} from '@wayside/record';
import { nodePrimitives as p, signerFrom } from '@wayside/record/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EdgeStore, openEdgeStore } from '../store/open.ts';
import type { HubDoor } from '../sync/hub.ts';
import { readEndedLogs } from './hub-log.ts';
import { createWitness } from './witness.ts';

const hubSigner = signerFrom(new Uint8Array(32).fill(1));
const operator = signerFrom(new Uint8Array(32).fill(9));
const hubKey = noteKey(p, 'hub.example/log', ed25519Note, hubSigner.publicKey);

/** Under which key it is, and what is said of logs before it. */
type Log = { key: NoteKey; signer: Signer; restored: Restoration[] };

/** A hub's log in memory: whatever leaves it has now. */
function logOf(leaves: () => string[], log: () => Log = () => ({ key: hubKey, signer: hubSigner, restored: [] })): HubDoor {
  const hashes = () => leaves().map((leaf) => leafHash(p, utf8(leaf)));
  const serve = (path: string): Uint8Array => {
    const { key, signer, restored } = log();
    if (path === 'vkey') return utf8(`${writeVkey(key)}\n`);
    if (path === 'restored') return utf8(JSON.stringify({ restored }));
    if (path === 'witnesses') return utf8('{"witnesses":[]}');
    const head: Checkpoint = { origin: key.name, size: leaves().length, root: rootOf(p, hashes()) };
    if (path === 'checkpoint') {
      const text = writeCheckpoint(head);
      return utf8(writeNote({ text, signatures: [signNote(p, text, key.name, signer)] }));
    }
    const tile = readTilePath(path);
    if (tile?.level !== 0 || !hasTile(head.size, tile)) throw new Error(`no ${path}`);
    return joinBytes(...hashes().slice(tile.index * 256, tile.index * 256 + tile.width));
  };
  return { url: 'http://hub', log: async (path: string) => serve(path) } as HubDoor;
}

const leavesOf = (count: number, branch = 'true') =>
  Array.from({ length: count }, (_, i) => (i < 10 ? `leaf ${i}` : `leaf ${i} ${branch}`));

describe('an edge as a witness of the hub’s log', () => {
  const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} } as never;
  let stores: EdgeStore[];
  let resent: number[];
  beforeEach(() => {
    stores = [];
    resent = [];
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
  });

  async function witness(leaves: () => string[], log?: () => Log) {
    const store = await openEdgeStore(':memory:', Date.now);
    stores.push(store);
    const signer = signerFrom(new Uint8Array(32).fill(stores.length + 1));
    const { look } = createWitness({
      db: store.db,
      hub: logOf(leaves, log),
      edge: store.edge,
      now: Date.now,
      log: silent,
      signer: async () => signer,
      operatorSays: async (keys) => keys.includes(toBase64Url(operator.publicKey)),
      resend: async (_, kept) => void resent.push(kept),
    });
    const ended = () => readEndedLogs(store.db);
    const told = async (kind: string) =>
      (await store.db.selectFrom('outbox').select('body').where('kind', '=', kind).execute()).map((r) => JSON.parse(r.body));
    return { look, told, ended };
  }

  it('signs while the log only grows, and once for each head', async () => {
    let size = 3;
    const { look, told } = await witness(() => leavesOf(size));
    for (const next of [3, 3, 7, 8, 200, 200, 255]) {
      size = next;
      expect(await look()).toBe(true);
    }
    expect((await told('cosignature')).map((c) => c.size)).toEqual([3, 7, 8, 200, 255]);
    expect(await told('alarm')).toEqual([]);
  });

  it('refuses a log in which something was rewritten, keeps both heads as evidence, and says so once', async () => {
    let leaves = leavesOf(20);
    const { look, told } = await witness(() => leaves);
    expect(await look()).toBe(true);
    // The administrator has the hub's key: every head is well signed.
    leaves = leavesOf(25).with(4, 'what should have happened');
    expect([await look(), await look()]).toEqual([false, false]);
    const alarms = await told('alarm');
    expect(alarms).toHaveLength(1);
    expect(alarms[0]).toMatchObject({
      what: expect.stringContaining('changed'),
      seen: { before: expect.stringContaining('\n20\n'), now: expect.stringContaining('\n25\n') },
    });
    expect((await told('cosignature')).map((c) => c.size)).toEqual([20]);
  });

  it('refuses a log that lost its end', async () => {
    let leaves = leavesOf(20);
    const { look, told } = await witness(() => leaves);
    await look();
    leaves = leavesOf(19);
    expect(await look()).toBe(false);
    expect((await told('alarm'))[0].what).toContain('shorter');
  });

  it('refuses a log of the same size with another root', async () => {
    let branch = 'true';
    const { look, told } = await witness(() => leavesOf(20, branch));
    await look();
    branch = 'other';
    expect(await look()).toBe(false);
    expect(await told('alarm')).toHaveLength(1);
  });

  describe('of a hub that was put back from an old copy', () => {
    const next = signerFrom(new Uint8Array(32).fill(8));
    const nextKey = noteKey(p, 'hub.example/log-2', ed25519Note, next.publicKey);
    const head = writeCheckpoint({
      origin: hubKey.name,
      size: 20,
      root: rootOf(
        p,
        leavesOf(20).map((leaf) => leafHash(p, utf8(leaf))),
      ),
    });
    const said = {
      at: 1,
      old: writeVkey(hubKey),
      head: writeNote({ text: head, signatures: [signNote(p, head, hubKey.name, hubSigner)] }),
      kept: 12,
      hub: writeVkey(nextKey),
      reason: 'the disk failed',
    };
    const begunAnew = (by: Signer): Log => ({ key: nextKey, signer: next, restored: [signRestoration(said, [by])] });

    it('follows the new log when the operator says so, keeps what it knew, tells it, and sends again what may be lost', async () => {
      let [leaves, log]: [string[], Log] = [leavesOf(20), { key: hubKey, signer: hubSigner, restored: [] }];
      const { look, told, ended } = await witness(
        () => leaves,
        () => log,
      );
      await look();
      leaves = leavesOf(15, 'refilled otherwise');
      expect(await look()).toBe(false);
      log = begunAnew(operator);
      expect([await look(), await look()]).toEqual([true, true]);
      leaves = leavesOf(40, 'refilled otherwise');
      expect(await look()).toBe(true);
      expect(resent).toEqual([12]);
      expect((await told('cosignature')).map((c) => c.size)).toEqual([20, 15, 40]);
      expect((await told('alarm')).at(-1)).toMatchObject({ seen: { before: expect.stringContaining('\n20\n') } });
      expect(await ended()).toMatchObject([{ log: { size: 20 }, said: { kept: 12 } }]);
    });

    it('follows nobody else who says so, and no word that was changed', async () => {
      let log: Log = { key: hubKey, signer: hubSigner, restored: [] };
      const { look, told, ended } = await witness(
        () => leavesOf(20),
        () => log,
      );
      await look();
      log = begunAnew(next);
      expect(await look()).toBe(false);
      const [word] = begunAnew(operator).restored as [Restoration];
      for (const changed of [{ kept: 13 }, { kept: 21 }, { hub: said.old }, { reason: 'none' }, { by: [...word.by, ...word.by] }]) {
        log = { ...log, restored: [{ ...word, ...changed }] };
        expect(await look()).toBe(false);
      }
      expect(await ended()).toEqual([]);
      expect(await told('alarm')).toHaveLength(1);
    });
  });

  it('split view: of two histories shown to two edges, neither can ever be shown to the other', async () => {
    const shown = [
      { size: 12, branch: 'a' },
      { size: 12, branch: 'b' },
    ];
    const edges = [
      await witness(() => leavesOf(shown[0]!.size, shown[0]!.branch)),
      await witness(() => leavesOf(shown[1]!.size, shown[1]!.branch)),
    ];
    for (const edge of edges) expect(await edge.look()).toBe(true);
    // Each may go on in its own world …
    for (const one of shown) one.size = 20;
    for (const edge of edges) expect(await edge.look()).toBe(true);
    // … but the hub can never bring them together again, and each holds a head the other's log cannot explain.
    shown[1] = { size: 30, branch: 'a' };
    expect(await edges[0]!.look()).toBe(true);
    expect(await edges[1]!.look()).toBe(false);
    expect(await edges[1]!.told('alarm')).toHaveLength(1);
  });
});
