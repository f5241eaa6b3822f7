import { fromBase64Url, toBase64Url } from './bytes.ts';
import { canonical } from './canonical.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { commit, type Pending } from './entry.ts';
import { createWriter, format, type Receipt } from './file.ts';
import { rootOf } from './merkle.ts';
import { cosignatureV1, ed25519Note, noteKey, signNote, writeNote, writeVkey } from './note.ts';
import type { Primitives, Signer } from './primitives.ts';
import { proveInclusion } from './prove.ts';
import { signRestoration } from './restoration.ts';
import { begin, nextKey, sealNext, type Tip } from './tip.ts';

export * from './tamper.ts';

/** A drawn number below 2^32; the same seed draws the same. */
export type Draw = () => number;

/** Mulberry32: enough to rehearse with, never for secrets. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
export const drawBytes = (draw: Draw, length: number): Uint8Array => Uint8Array.from({ length }, () => draw() & 255);

export type RehearsedCase = {
  p: Primitives;
  signerFrom: (seed: Uint8Array) => Signer;
  seed: number;
  /** Conversations that go on at once, and turns in all. */
  sessions: number;
  turns: number;
  /** Of which a file is made; of the whole edge when absent. */
  session?: number;
  perSeal?: number;
  sealsPerKey?: number;
  witnesses?: number;
  erase?: boolean;
  /** Half-way the hub is put back from an old copy, which its operator says. */
  restore?: boolean;
  edge?: string;
};

/**
 * A record as an edge makes it, from a seed: for vectors, drills and measuring. Everything in it is drawn, keys and salts too.
 * @returns the file, and the secret seeds of all keys, as no edge would keep them
 */
export async function rehearse(ask: RehearsedCase): Promise<{ text: string; keys: Signer[]; hub: Signer; hubVkey: string }> {
  const { p, signerFrom, sessions, turns, perSeal = 8, sealsPerKey = 3, witnesses = 0 } = ask;
  const draw = drawFrom(ask.seed);
  const edge = ask.edge ?? `edge_${ask.seed}`;
  const wanted = ask.session === undefined ? undefined : `s_${ask.session}`;
  const signers = [signerFrom(drawBytes(draw, 32))];
  let hub = signerFrom(drawBytes(draw, 32));
  let hubKey = noteKey(p, 'hub.example/log', ed25519Note, hub.publicKey);
  const watchers = Array.from({ length: witnesses }, (_, i) => ({ name: `edge_w${i}`, signer: signerFrom(drawBytes(draw, 32)) }));
  const first = begin(p, edge, signers[0] as Signer, 1_700_000_000_000);
  let { tip }: { tip: Tip } = first;
  const file = createWriter(p);
  file.add({ format, edge, ...(wanted ? { session: wanted } : {}) });
  file.add({ key: first.key });
  const lastOf = new Map<string, { i: number; hash: string }>();
  const leaves: Uint8Array[] = [];
  let waiting: (Pending & { salt: string; value: unknown; erased: boolean })[] = [];
  let n = 0;

  const note = (kind: string, session: string | undefined, value: unknown, erased = false): void => {
    n++;
    const salt = toBase64Url(drawBytes(draw, 32));
    waiting.push({
      n,
      id: `r_${n}`,
      kind,
      at: 1_700_000_000_000 + n * 1000,
      ...(session ? { session } : {}),
      salt,
      body: commit(p, salt, canonical(value)),
      value,
      erased,
    });
  };
  const seal = async (): Promise<void> => {
    const at = 1_700_000_000_000 + n * 1000;
    const { entries, seal, hash, tip: next } = sealNext(p, tip, signers.at(-1) as Signer, waiting, lastOf, at);
    const shown = wanted === undefined || entries.some(({ entry }) => entry.session === wanted);
    for (const [i, { entry, hash }] of entries.entries()) {
      if (entry.session) lastOf.set(entry.session, { i: entry.i as number, hash });
      if (!shown) continue;
      const { value, salt, erased } = waiting[i] as (typeof waiting)[number];
      if (wanted !== undefined && entry.session !== wanted) file.add({ hash });
      else file.add(erased ? { entry } : { entry, body: value, salt });
    }
    if (shown) file.add({ seal });
    tip = next;
    waiting = [];
    leaves.push(fromBase64Url(hash) as Uint8Array);
    if (shown && witnesses > 0) file.add({ receipt: await receiptOf(seal.n) });
    if (seal.n % sealsPerKey === 0) {
      const fresh = signerFrom(drawBytes(draw, 32));
      const turned = nextKey(p, tip, signers.at(-1) as Signer, fresh.publicKey, at);
      signers.push(fresh);
      tip = turned.tip;
      file.add({ key: turned.key });
    }
  };
  const receiptOf = async (sealNumber: number): Promise<Receipt> => {
    const size = leaves.length;
    const nodes = async (level: number, index: number) => rootOf(p, leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
    const proof = await proveInclusion(p, size - 1, size, nodes);
    const text = writeCheckpoint({ origin: hubKey.name, size, root: rootOf(p, leaves) });
    const signatures = [
      signNote(p, text, hubKey.name, hub),
      ...watchers.map(({ name, signer }) => signNote(p, text, name, signer, 1_700_000_000 + n)),
    ];
    return {
      seal: sealNumber,
      index: size - 1,
      proof: proof.map(toBase64Url),
      checkpoint: writeNote({ text, signatures }),
      hub: writeVkey(hubKey),
      witnesses: watchers.map(({ name, signer }) => writeVkey(noteKey(p, name, cosignatureV1, signer.publicKey))),
    };
  };

  /** The log begins anew with what an old copy had of it. */
  const restore = (): void => {
    const [old, was, operator] = [hub, hubKey, signerFrom(drawBytes(draw, 32))];
    const text = writeCheckpoint({ origin: was.name, size: leaves.length, root: rootOf(p, leaves) });
    leaves.length = Math.floor(leaves.length / 2);
    hub = signerFrom(drawBytes(draw, 32));
    hubKey = noteKey(p, 'hub.example/log-2', ed25519Note, hub.publicKey);
    const said = {
      at: 1_700_000_000_000 + n * 1000,
      old: writeVkey(was),
      head: writeNote({ text, signatures: [signNote(p, text, was.name, old)] }),
      kept: leaves.length,
      hub: writeVkey(hubKey),
      reason: 'the disk failed',
    };
    file.add({ restored: signRestoration(said, [operator]) });
  };

  const erased: number[] = [];
  for (let t = 0; t < turns; t++) {
    const session = `s_${draw() % sessions}`;
    const gone = ask.erase === true && session === (wanted ?? 's_0') && t % 5 === 2;
    note(
      t % 7 === 3 ? 'command' : 'turn',
      session,
      { text: `Was hörst du? ${draw()} 声音 🚗`, position: t, sure: (draw() % 1000) / 997 },
      gone,
    );
    if (gone) erased.push(n);
    if (waiting.length >= perSeal) await seal();
    if (ask.restore === true && waiting.length === 0 && t >= turns / 2 && hubKey.name === 'hub.example/log') restore();
  }
  if (erased.length > 0) note('erase', wanted ?? 's_0', { erased, reason: 'asked for' });
  if (waiting.length > 0) await seal();
  note('export', wanted, file.closing());
  await seal();
  // What the last seal may have drawn behind it (a receipt, the next key) is of no use in this file.
  const lines = file.text().trimEnd().split('\n');
  const end = lines.findLastIndex((line) => line.startsWith('{"seal"'));
  return { text: `${lines.slice(0, end + 1).join('\n')}\n`, keys: signers, hub, hubVkey: writeVkey(hubKey) };
}
