import { type ReadNode, rootOf, tileOf, tilePath } from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';

/** Reads nodes of a log of `size` leaves from its tiles, each fetched once. @throws Error when a tile is not whole */
export function createTileReader(fetchTile: (path: string) => Promise<Uint8Array>, size: number): ReadNode {
  const tiles = new Map<string, Promise<Uint8Array>>();
  return async (level, index) => {
    const { tile, from, count } = tileOf(size, level, index);
    const path = tilePath(tile);
    const known = tiles.get(path) ?? fetchTile(path);
    tiles.set(path, known);
    const bytes = await known;
    if (bytes.length !== tile.width * 32) throw new Error(`${path} of the log has ${bytes.length} bytes`);
    return rootOf(
      p,
      Array.from({ length: count }, (_, i) => bytes.slice((from + i) * 32, (from + i + 1) * 32)),
    );
  };
}
