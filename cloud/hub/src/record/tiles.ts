import { fromBase64Url, hasTile, joinBytes, type Tile, tileWidth, utf8, writeBundle } from '@wayside/record';
import type { Db } from '../store/schema.ts';
import { logSize } from './log.ts';

/** A tile of the log, or a bundle of its leaves (c2sp.org/tlog-tiles). @returns undefined when the log has none such */
export async function readTile(db: Db, tile: Tile): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!hasTile(await logSize(db), tile)) return undefined;
  const first = tile.index * tileWidth;
  const past = first + tile.width;
  if (tile.level === 'entries') {
    const rows = await db
      .selectFrom('logLeaf')
      .select('text')
      .where('place', '>=', first)
      .where('place', '<', past)
      .orderBy('place')
      .execute();
    return copy(writeBundle(rows.map(({ text }) => utf8(text))));
  }
  const rows = await db
    .selectFrom('logNode')
    .select('hash')
    .where('level', '=', tile.level * 8)
    .where('place', '>=', first)
    .where('place', '<', past)
    .orderBy('place')
    .execute();
  return copy(joinBytes(...rows.map(({ hash }) => fromBase64Url(hash) as Uint8Array)));
}

const copy = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
