import {
  type Checkpoint,
  cosignatureV1,
  fromBase64,
  type Note,
  type NoteKey,
  type NoteSignature,
  noteKey,
  proveConsistency,
  provesConsistency,
  type ReadNode,
  readCheckpoint,
  readNote,
  readVkey,
  type Signer,
  signedBy,
  signNote,
  toBase64,
  writeNote,
  writeVkey,
} from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import type { HubDoor } from '../sync/hub.ts';
import { enqueue, queue } from '../sync/outbox.ts';
import { followRestoration, type OperatorSays } from './follow-restoration.ts';
import { type HubLog, readHubLog, writeHubLog } from './hub-log.ts';
import { improveReceipts } from './receipts.ts';
import { createTileReader } from './tile-reader.ts';

/** Everything a look at the hub's log can find. */
type Look = { note: Note; checkpoint: Checkpoint; hub: NoteKey; node: ReadNode };

/**
 * This edge as a witness (c2sp.org/tlog-witness, asked by the edge instead of the log): it looks at the hub's checkpoint, checks that the log
 * only grew since it last looked, and signs that it saw it. A log that shows different edges different histories, or takes something back,
 * finds no signature here, and what it showed is kept as evidence.
 */
export function createWitness(parts: {
  db: Db;
  hub: HubDoor;
  edge: string;
  now: () => number;
  log: Log;
  signer: () => Promise<Signer>;
  operatorSays: OperatorSays;
  /** What the log had of this edge behind so many leaves may be lost. */
  resend(tx: Db, kept: number): Promise<void>;
}) {
  const { db, hub, edge, now, log } = parts;
  let evidence = '';

  async function readHead(text: string, pinned: HubLog | undefined): Promise<Look | undefined> {
    const vkey = pinned?.vkey ?? new TextDecoder().decode(await hub.log('vkey')).trim();
    const note = readNote(text);
    const checkpoint = note && readCheckpoint(note.text);
    const key = readVkey(p, vkey);
    if (!checkpoint || !key || key.name !== checkpoint.origin || !signedBy(p, note, key)) {
      await raise('the checkpoint of the hub is not signed with the key it had', { vkey, text });
      return undefined;
    }
    return { note, checkpoint, hub: key, node: createTileReader((path) => hub.log(path), checkpoint.size) };
  }

  async function onlyGrew(pinned: HubLog | undefined, { checkpoint, note, node }: Look): Promise<boolean> {
    if (!pinned || pinned.size === 0) return true;
    const evidence = { vkey: pinned.vkey, before: pinned.checkpoint, now: writeNote(note) };
    if (checkpoint.size < pinned.size) {
      await raise('the log of the hub is shorter than it was', evidence);
      return false;
    }
    const proof = await proveConsistency(p, pinned.size, checkpoint.size, node);
    const oldRoot = fromBase64(pinned.root) as Uint8Array;
    if (provesConsistency(p, { oldSize: pinned.size, newSize: checkpoint.size, oldRoot, newRoot: checkpoint.root, proof })) return true;
    await raise('the log of the hub is another than it was: something in it was changed', evidence);
    return false;
  }

  /** Said once for each thing seen, and recorded, so that it cannot be unsaid. */
  async function raise(what: string, seen: Record<string, string>): Promise<void> {
    const print = JSON.stringify([what, seen]);
    if (print === evidence) return;
    evidence = print;
    log.error({ hub: hub.url, ...seen }, `${what}; this edge does not sign for it`);
    await db.transaction().execute((tx) => enqueue(tx, 'alarm', { what, at: Math.floor(now()), seen }, now()));
  }

  return {
    /** @returns whether the log could be signed for */
    async look(): Promise<boolean> {
      const text = new TextDecoder().decode(await hub.log('checkpoint'));
      let pinned = await readHubLog(db);
      const isOther = pinned && !text.startsWith(`${pinned.vkey.split('+')[0]}\n`);
      if (pinned && isOther && (await followRestoration(pinned, parts))) pinned = await readHubLog(db);
      const head = await readHead(text, pinned);
      if (!head || !(await onlyGrew(pinned, head))) return false;
      const { checkpoint, hub: key, note, node } = head;
      // Of an empty log there is nothing to have seen.
      if (checkpoint.size === 0) return true;
      const signer = await parts.signer();
      const mine = noteKey(p, edge, cosignatureV1, signer.publicKey);
      const grew = checkpoint.size !== pinned?.size;
      const signature = grew ? signNote(p, note.text, edge, signer, Math.floor(now() / 1000)) : undefined;
      const kept: HubLog = {
        vkey: writeVkey(key),
        size: checkpoint.size,
        root: toBase64(checkpoint.root),
        checkpoint: writeNote({
          text: note.text,
          signatures: note.signatures.filter(({ id, name }) => id === key.id && name === key.name),
        }),
        cosignature: signature ? toBase64(signature.signature) : (pinned?.cosignature ?? ''),
      };
      const witnesses = await witnessesOf(note, mine, { name: edge, id: mine.id, signature: fromBase64(kept.cosignature) as Uint8Array });
      await db.transaction().execute(async (tx) => {
        await writeHubLog(tx, kept);
        if (signature)
          await queue(tx, 'cosignature', { size: checkpoint.size, vkey: writeVkey(mine), signature: toBase64(signature.signature) }, now());
      });
      await improveReceipts(db, { checkpoint, hub: key, note, node, witnesses });
      evidence = '';
      return true;
    },
  };

  /** Who signed for this checkpoint: this edge, and those the hub shows whose signature holds. */
  async function witnessesOf(note: Note, mine: NoteKey, own: NoteSignature): Promise<{ key: NoteKey; signature: NoteSignature }[]> {
    const listed = (JSON.parse(new TextDecoder().decode(await hub.log('witnesses'))) as { witnesses: string[] }).witnesses;
    const others = listed.map((vkey) => readVkey(p, vkey)).filter((key): key is NoteKey => key !== undefined && key.name !== mine.name);
    const found = others.flatMap((key) => {
      const signature = note.signatures.find(({ id, name }) => id === key.id && name === key.name);
      return signature && signedBy(p, { text: note.text, signatures: [signature] }, key) ? [{ key, signature }] : [];
    });
    return [{ key: mine, signature: own }, ...found].slice(0, 16);
  }
}
