import { joinBytes } from './bytes.ts';

/** Where a log's hashes and entries lie, c2sp.org/tlog-tiles. A tile spans 256 nodes, eight levels of the tree. */
export const tileWidth = 256;

/** `level` is a tile level, or `entries` for the bundles of the leaves themselves. */
export type Tile = { level: number | 'entries'; index: number; width: number };

/** Below the log's prefix: `tile/0/x001/234.p/56`. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.../g) as string[];
  const place = padded.map((part, i) => (i < padded.length - 1 ? `x${part}` : part)).join('/');
  return `tile/${level}/${place}${width < tileWidth ? `.p/${width}` : ''}`;
}

/** @returns undefined for a path that is no tile's, or not its one spelling */
export function readTilePath(path: string): Tile | undefined {
  const parts = /^tile\/(\d{1,2}|entries)\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  if (!parts) return undefined;
  const tile: Tile = {
    level: parts[1] === 'entries' ? 'entries' : Number(parts[1]),
    index: Number((parts[2] as string).replace(/[x/]/g, '')),
    width: parts[3] === undefined ? tileWidth : Number(parts[3]),
  };
  const fits = (tile.level === 'entries' || tile.level < 64) && (parts[3] === undefined || tile.width < tileWidth);
  return fits && tilePath(tile) === path ? tile : undefined;
}

/** Does a log of `size` leaves have this tile? A full tile may be asked for in any smaller width. */
export function hasTile(size: number, { level, index, width }: Tile): boolean {
  const nodes = level === 'entries' ? size : Math.floor(size / tileWidth ** level);
  return index * tileWidth + width <= nodes;
}

/** The tile that holds the node (`level` of the tree, `index`) in a log of `size` leaves, and where in it the leaves of that node begin. */
export function tileOf(size: number, level: number, index: number): { tile: Tile; from: number; count: number } {
  const tileLevel = Math.floor(level / 8);
  const count = 2 ** (level % 8);
  const first = index * count;
  const tileIndex = Math.floor(first / tileWidth);
  const width = Math.min(tileWidth, Math.floor(size / tileWidth ** tileLevel) - tileIndex * tileWidth);
  return { tile: { level: tileLevel, index: tileIndex, width }, from: first - tileIndex * tileWidth, count };
}

/** A bundle: each entry behind its length in two bytes, big-endian. @throws Error for an entry beyond 65,535 bytes */
export function writeBundle(entries: readonly Uint8Array[]): Uint8Array {
  return joinBytes(
    ...entries.map((entry) => {
      if (entry.length > 0xffff) throw new Error('an entry of the log has at most 65,535 bytes');
      return joinBytes(Uint8Array.of(entry.length >> 8, entry.length & 255), entry);
    }),
  );
}

/** @returns undefined when it is no whole bundle */
export function readBundle(bytes: Uint8Array): Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = ((bytes[at] as number) << 8) | (bytes[at + 1] ?? 0);
    const end = at + 2 + length;
    if (end > bytes.length) return undefined;
    entries.push(bytes.slice(at + 2, end));
    at = end;
  }
  return entries;
}
