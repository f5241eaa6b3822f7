import { joinBytes, sameBytes, utf8 } from './bytes.ts';
import { canonical } from './canonical.ts';
import type { Receipt } from './file.ts';
import type { Primitives, Signer } from './primitives.ts';
import type { Draw } from './rehearse.ts';
import { makeSeal, type Seal } from './seal.ts';

/** What somebody may do to a record. */
export const tamperings = ['flip', 'delete', 'insert', 'swap', 'truncate', 'splice', 'old checkpoint', 'old key'] as const;
export type Tampering = (typeof tamperings)[number];

/** A true record with all keys that signed it, as no edge would keep them; and another of the same edge, to take pieces from. */
export type Prey = { text: string; keys: readonly Signer[]; other: string };

/**
 * Changes a record at a drawn place.
 * @returns its bytes; undefined when the draw left it as it was, or it has nothing of the kind (no receipt, a single key)
 */
export function tamper(p: Primitives, what: Tampering, { text, keys, other }: Prey, draw: Draw): Uint8Array | undefined {
  const any = (below: number): number => draw() % below;
  const bytes = utf8(text);
  const [lines, strange] = [linesOf(text), linesOf(other)];
  const made =
    any(2) === 0 ? (byByte(what, bytes, any) ?? byLine(p, what, lines, strange, keys, any)) : byLine(p, what, lines, strange, keys, any);
  const changed = made ?? byByte(what, bytes, any);
  return changed && !sameBytes(changed, bytes) && !sameBytes(changed, utf8(other)) ? changed : undefined;
}

type Any = (below: number) => number;

function byByte(what: Tampering, bytes: Uint8Array, any: Any): Uint8Array | undefined {
  const at = any(bytes.length);
  if (what === 'flip') return bytes.with(at, (bytes[at] as number) ^ (1 << any(8)));
  if (what === 'delete') return joinBytes(bytes.subarray(0, at), bytes.subarray(at + 1 + any(40)));
  if (what === 'insert') return joinBytes(bytes.subarray(0, at), Uint8Array.of(any(256)), bytes.subarray(at));
  if (what === 'truncate') return bytes.slice(0, at);
  return undefined;
}

function byLine(
  p: Primitives,
  what: Tampering,
  lines: string[],
  strange: string[],
  keys: readonly Signer[],
  any: Any,
): Uint8Array | undefined {
  const [a, b] = [any(lines.length), any(lines.length)];
  const piece = strange[any(strange.length)] as string;
  if (what === 'delete') return joined(lines.toSpliced(a, 1 + any(3)));
  if (what === 'insert') return joined(lines.toSpliced(a, 0, any(2) === 0 ? piece : (lines[b] as string)));
  if (what === 'swap') return joined(lines.with(a, lines[b] as string).with(b, lines[a] as string));
  if (what === 'truncate') return joined(lines.slice(0, a));
  if (what === 'splice') return joined([...lines.slice(0, a), ...strange.slice(any(strange.length))]);
  if (what === 'old checkpoint') return withOldCheckpoint(lines, any);
  if (what === 'old key') return withOldKey(p, lines, keys, any);
  return undefined;
}

/** A later receipt tells of an earlier head of the log, that the hub did sign. */
function withOldCheckpoint(lines: string[], any: Any): Uint8Array | undefined {
  const places = lines.flatMap((line, i) => (line.startsWith('{"receipt"') ? [i] : []));
  if (places.length < 2) return undefined;
  const later = 1 + any(places.length - 1);
  const [early, late] = [places[any(later)] as number, places[later] as number];
  const read = (i: number) => (JSON.parse(lines[i] as string) as { receipt: Receipt }).receipt;
  const { checkpoint } = read(early);
  return joined(lines.with(late, canonical({ receipt: { ...read(late), checkpoint } })));
}

/** A seal is changed and signed with a key that was in use before. */
function withOldKey(p: Primitives, lines: string[], keys: readonly Signer[], any: Any): Uint8Array | undefined {
  const places = lines.flatMap((line, i) => (line.startsWith('{"seal"') && (JSON.parse(line) as { seal: Seal }).seal.key > 1 ? [i] : []));
  const at = places[any(Math.max(places.length, 1))];
  if (at === undefined) return undefined;
  const { sig: _, root: __, head, count, ...body } = (JSON.parse(lines[at] as string) as { seal: Seal }).seal;
  const old = any(body.key - 1);
  const hashes = Array.from({ length: count }, (_, i) => (i === count - 1 ? head : body.prev));
  const claims = any(2) === 0 ? body : { ...body, key: old + 1 };
  return joined(lines.with(at, canonical({ seal: makeSeal(p, keys[old] as Signer, { ...claims, at: body.at + any(2) }, hashes) })));
}

const linesOf = (text: string): string[] => text.slice(0, -1).split('\n');
const joined = (lines: readonly string[]): Uint8Array => utf8(`${lines.join('\n')}\n`);
