import { describe, expect, it } from 'vitest';
import json from '../vectors/canonical-json.json' with { type: 'json' };
import ed25519 from '../vectors/ed25519.json' with { type: 'json' };
import merkle from '../vectors/merkle.json' with { type: 'json' };
import notes from '../vectors/notes.json' with { type: 'json' };
import { fromBase64, fromHex, toHex } from './bytes.ts';
import { canonical, readCanonical } from './canonical.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { leafHash, provesConsistency, provesInclusion, rootOf } from './merkle.ts';
import { nodePrimitives, signerFrom } from './node-primitives.ts';
import { cosignatureV1, noteKey, readNote, readVkey, signedBy, signNote, writeNote, writeVkey } from './note.ts';
import { portablePrimitives } from './portable-primitives.ts';
import { proveConsistency, proveInclusion, type ReadNode, rootAt } from './prove.ts';
import { hasTile, readBundle, readTilePath, tileOf, tilePath, writeBundle } from './tiles.ts';

const p = nodePrimitives;
const hex = (text: string) => fromHex(text) as Uint8Array;
const b64 = (text: string) => fromBase64(text) as Uint8Array;
const double = (bits: string) => new DataView(hex(bits).buffer as ArrayBuffer).getFloat64(0);

describe('canonical JSON (RFC 8785)', () => {
  it.each(json.texts)('writes $name as the reference does', ({ input, canonical: expected }) => {
    expect(canonical(JSON.parse(input))).toBe(expected);
    expect(readCanonical(expected)?.value).toEqual(JSON.parse(input));
  });
  it.each(json.numbers)('writes the double %s as %s', (bits, text) => expect(canonical(double(bits as string))).toBe(text));
  it.each(json.notCanonical)('does not read %j', (text) => expect(readCanonical(text)).toBeUndefined());
  it('refuses what JSON cannot say, and what is nested too deep', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', undefined, JSON.parse(`${'['.repeat(65)}${']'.repeat(65)}`)])
      expect(() => canonical(bad)).toThrow();
  });
});

describe.each([
  ['Node', nodePrimitives],
  ['portable', portablePrimitives],
])('Ed25519 and SHA-256, %s', (_, primitives) => {
  it.each(ed25519.tests as [string, string, string, string, boolean, string][])('vector %s', (_name, key, message, signature, valid) => {
    expect(primitives.verify(hex(key), hex(message), hex(signature))).toBe(valid);
  });
  it('hashes as FIPS 180-4 says', () =>
    expect(toHex(primitives.sha256(new TextEncoder().encode('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    ));
  it('throws at no garbage', () => {
    for (const length of [0, 1, 31, 32, 33, 64])
      expect(primitives.verify(new Uint8Array(length), new Uint8Array(), new Uint8Array(length))).toBe(false);
  });
});

describe('the Merkle tree (RFC 9162 §2.1)', () => {
  const leaves = merkle.leaves.map((data) => leafHash(p, hex(data)));
  const node: ReadNode = async (level, index) => rootOf(p, leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));

  it('has the known roots', async () => {
    for (const [i, root] of merkle.roots.entries()) {
      expect(toHex(rootOf(p, leaves.slice(0, i + 1)))).toBe(root);
      expect(toHex(await rootAt(p, i + 1, node))).toBe(root);
    }
    expect(toHex(rootOf(p, []))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
  it.each(merkle.inclusion as [number, number, string, string, string[], boolean, string][])(
    'inclusion of %i in %i (%s)',
    (index, size, root, leaf, proof, holds) =>
      expect(provesInclusion(p, { index, size, root: b64(root), leaf: b64(leaf), proof: proof.map(b64) })).toBe(holds),
  );
  it.each(merkle.consistency as [number, number, string, string, string[], boolean, string][])(
    'consistency of %i with %i (%s)',
    (oldSize, newSize, oldRoot, newRoot, proof, holds) =>
      expect(provesConsistency(p, { oldSize, newSize, oldRoot: b64(oldRoot), newRoot: b64(newRoot), proof: proof.map(b64) })).toBe(holds),
  );
  it('proves every leaf and every smaller tree of every tree up to 40 leaves', async () => {
    const many = Array.from({ length: 40 }, (_, i) => leafHash(p, Uint8Array.of(i)));
    const read: ReadNode = async (level, index) => rootOf(p, many.slice(index * 2 ** level, (index + 1) * 2 ** level));
    for (let size = 1; size <= many.length; size++) {
      const root = rootOf(p, many.slice(0, size));
      for (let i = 0; i < size; i++) {
        const proof = await proveInclusion(p, i, size, read);
        expect(provesInclusion(p, { index: i, size, leaf: many[i] as Uint8Array, root, proof })).toBe(true);
        expect(provesInclusion(p, { index: (i + 1) % size, size, leaf: many[i] as Uint8Array, root, proof })).toBe(size === 1);
      }
      for (let oldSize = 1; oldSize <= size; oldSize++) {
        const proof = await proveConsistency(p, oldSize, size, read);
        const trees = { oldSize, newSize: size, oldRoot: rootOf(p, many.slice(0, oldSize)), newRoot: root };
        expect(provesConsistency(p, { ...trees, proof })).toBe(true);
        expect(provesConsistency(p, { ...trees, oldRoot: many[39] as Uint8Array, proof })).toBe(false);
      }
    }
  });
});

describe('signed notes, checkpoints and tiles (C2SP)', () => {
  it.each(notes.notes)('a note by $vkey: $signed', ({ vkey, note, signed }) => {
    const key = readVkey(p, vkey);
    const read = readNote(note);
    expect(key && writeVkey(key)).toBe(vkey);
    expect(read && writeNote(read)).toBe(note);
    expect(key && read && signedBy(p, read, key)).toBe(signed);
  });
  it.each(notes.unreadable)('%j is no note', (text) => expect(readNote(text)).toBeUndefined());
  it.each(notes.wrongVkeys)('%s is no vkey', (text) => expect(readVkey(p, text)).toBeUndefined());
  it.each(notes.checkpoints)('a checkpoint of size $size', ({ text, size }) => {
    const read = readCheckpoint(text);
    expect(read?.size ?? null).toBe(size);
    if (read) expect(writeCheckpoint(read)).toBe(text);
  });
  it('a witness signs the time with the checkpoint', () => {
    const signer = signerFrom(new Uint8Array(32).fill(7));
    const text = notes.checkpoints[0]?.text as string;
    const key = noteKey(p, 'witness.example.com/w1', cosignatureV1, signer.publicKey);
    const signature = signNote(p, text, key.name, signer, 1_679_315_147);
    expect(Number.parseInt(toHex(signature.signature.subarray(0, 8)), 16)).toBe(1_679_315_147);
    expect(signature.signature).toHaveLength(72);
    expect(signedBy(p, { text, signatures: [signature] }, key)).toBe(true);
    const later = signature.signature.slice();
    later[7] = (later[7] as number) ^ 1;
    expect(signedBy(p, { text, signatures: [{ ...signature, signature: later }] }, key)).toBe(false);
  });
  it.each(notes.tiles)('$path is tile $index of level $level', ({ path, ...tile }) => {
    expect(readTilePath(path)).toEqual(tile);
    expect(tilePath(tile as never)).toBe(path);
  });
  it.each(notes.noTiles)('%s is no tile', (path) => expect(readTilePath(path)).toBeUndefined());
  it('has the tiles of the specification’s example, and no others', () => {
    const size = 70_000;
    const has = (level: number | 'entries', index: number, width: number) => hasTile(size, { level, index, width });
    expect([has(0, 272, 256), has(0, 273, 112), has(1, 0, 256), has(1, 1, 17), has(2, 0, 1)]).toEqual([true, true, true, true, true]);
    expect([has(0, 273, 113), has(1, 1, 18), has(2, 0, 2), has(3, 0, 1), has('entries', 274, 1)]).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(tileOf(size, 10, 3)).toEqual({ tile: { level: 1, index: 0, width: 256 }, from: 12, count: 4 });
  });
  it('reads the bundles it writes, and nothing shorter', () => {
    const entries = [new Uint8Array(0), new Uint8Array(3).fill(1), new Uint8Array(65_535).fill(2)];
    const bundle = writeBundle(entries);
    expect(readBundle(bundle)).toEqual(entries);
    expect(readBundle(bundle.subarray(0, -1))).toBeUndefined();
    expect(() => writeBundle([new Uint8Array(65_536)])).toThrow();
  });
});
