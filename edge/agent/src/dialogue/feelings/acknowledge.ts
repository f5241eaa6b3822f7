import type { Pack } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import type { Feeling } from './feeling.ts';
import { strongest } from './feeling.ts';

/** How an answer suits what was felt: a sentence first, and how much is said after it. */
export type Manner = { acknowledgment?: string; brief: boolean };

export const plainly: Manner = { brief: false };

/** So many turns lie at least between two acknowledgments: said at each turn it becomes a phrase. */
const apart = 3;
/** The talk itself goes badly: more words will not help. */
const badly = 2;

/**
 * The manner that suits a sentence: what a pack has ready for the feeling in it, once in a while, then brief. Trouble in the talk alone makes
 * the answer brief without a word about it.
 * @param turn number of this turn; chooses the variant, so that the next one is another
 * @param last the turn on which something was acknowledged before
 */
export function mannerFor(
  feeling: Feeling | undefined,
  packs: { pack: Pick<Pack, 'wording'> | undefined; core: Pick<Pack, 'wording'> | undefined },
  { turn, last, trouble, locale }: { turn: number; last: number | undefined; trouble: number; locale: Locale },
): Manner {
  const kind = feeling && strongest(feeling);
  if (kind === undefined || kind === 'satisfaction') return { brief: trouble >= badly };
  const own = packs.pack?.wording?.[locale];
  const core = packs.core?.wording?.[locale];
  const variants = own?.acknowledge[kind] ?? core?.acknowledge[kind] ?? [];
  const sentence = variants[turn % Math.max(1, variants.length)];
  const it = own?.it ?? core?.it ?? '';
  const due = last === undefined || turn - last >= apart;
  return { brief: true, ...(due && sentence ? { acknowledgment: sentence.replaceAll('{it}', it) } : {}) };
}
