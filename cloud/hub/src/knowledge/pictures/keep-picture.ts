import { createHash } from 'node:crypto';
import { type PictureType, pictureLimits, picturesIn } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import { type Change, change, type Ground } from '../../store/change.ts';
import type { Db } from '../../store/schema.ts';
import { cleanPicture } from './clean-picture.ts';

const dayMs = 86_400_000;
/** Pictures that no article shows yet, of one technician. */
const mostUnused = 50;

export type KeptPicture = { hash: string; type: PictureType; width: number; height: number; bytes: number };

/**
 * Keeps a picture, cleaned, under its hash; the same again changes nothing. One that no article showed within a day is forgotten.
 * @throws WaysideError as `cleanPicture`; `rate-limited` when this technician has many that no article shows
 */
export function keepPicture(ground: Ground, given: Uint8Array, by: string): Promise<KeptPicture> {
  const { bytes, type, width, height } = cleanPicture(given);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return change(ground, async ({ tx, now }) => {
    await tx
      .deleteFrom('picture')
      .where('used', '=', 0)
      .where('at', '<', now - dayMs)
      .execute();
    const { unused } = await tx
      .selectFrom('picture')
      .select((e) => e.fn.countAll<number>().as('unused'))
      .where('used', '=', 0)
      .where('by', '=', by)
      .executeTakeFirstOrThrow();
    if (Number(unused) >= mostUnused)
      throw new WaysideError(
        'rate-limited',
        `You have added ${unused} pictures that no article shows. Save the articles they are for first.`,
      );
    await tx
      .insertInto('picture')
      .values({ hash, type, width, height, dataBase64: bytes.toString('base64'), by, at: now, used: 0 })
      .onConflict((c) => c.doNothing())
      .execute();
    return { hash, type, width, height, bytes: bytes.length };
  });
}

/** @throws WaysideError `not-found` */
export async function readPicture(db: Db, hash: string): Promise<{ type: string; body: Uint8Array<ArrayBuffer> }> {
  const row = await db.selectFrom('picture').select(['type', 'dataBase64']).where('hash', '=', hash).executeTakeFirst();
  if (!row) throw new WaysideError('not-found', 'There is no such picture.');
  return { type: row.type, body: new Uint8Array(Buffer.from(row.dataBase64, 'base64')) };
}

/**
 * Holds a text to what its pictures need: each is here and says what it shows to those who cannot see it, and no step has two. From then on they are kept for good, since
 * every version of an article is.
 * @throws WaysideError `invalid`
 */
export async function usePictures({ tx }: Change, body: string): Promise<void> {
  const shown = picturesIn(body);
  if (shown.length === 0) return;
  const refuse = (why: string) => {
    throw new WaysideError('invalid', why);
  };
  if (shown.length > pictureLimits.count)
    refuse(`An article may show at most ${pictureLimits.count} pictures; this one has ${shown.length}.`);
  const hashes = [...new Set(shown.map(({ hash }) => hash))];
  const here = (await tx.selectFrom('picture').select('hash').where('hash', 'in', hashes).execute()).map(({ hash }) => hash);
  for (const { hash, alt } of shown) {
    if (!here.includes(hash)) refuse(`The picture ${hash.slice(0, 8)}… is not here. Add it again where it stands in the text.`);
    if (alt === '')
      refuse('A picture does not say what it shows. Write that between the brackets, for whoever cannot see it: ![what it shows](…).');
  }
  const steps = shown.flatMap(({ at }) => (at ? [`${at.procedure}/${at.step}`] : []));
  const twice = steps.find((step, i) => steps.indexOf(step) !== i);
  if (twice !== undefined) refuse(`Two pictures are for the step ${twice}. A step shows one; leave it out at the other.`);
  await tx.updateTable('picture').set({ used: 1 }).where('hash', 'in', hashes).execute();
}
