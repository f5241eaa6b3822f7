import { picturesIn } from '@wayside/contract';
import type { Locale } from '@wayside/protocol';
import type { Db } from '../store/schema.ts';
import { isFor, type Machine } from './stands-for.ts';

/** A step of a procedure, for a machine of a family and a person who reads this language. */
export type AtStep = { family: string; procedure: string; step: string; locale: Locale; machine: Machine };

/**
 * The picture that the hub's articles show at a step, named by its hash: of those in this language the one published last, else of those in the other,
 * whose words are then in that one. Articles about other machines show nothing here.
 */
export async function stepPicture(
  db: Db,
  { family, procedure, step, locale, machine }: AtStep,
): Promise<{ hash: string; alt: string } | undefined> {
  const rows = await db
    .selectFrom('article')
    .select(['locale', 'version', 'applies', 'body'])
    .where('origin', '=', 'hub')
    .where('family', '=', family)
    .where('body', 'like', `%"${procedure}/${step}"%`)
    .execute();
  const [best] = rows
    .filter(({ applies }) => isFor(applies, [machine]))
    .sort((a, b) => Number(b.locale === locale) - Number(a.locale === locale) || b.version - a.version)
    .flatMap(({ body }) => picturesIn(body).filter(({ at }) => at?.procedure === procedure && at.step === step));
  return best && { hash: best.hash, alt: best.alt };
}
