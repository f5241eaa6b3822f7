import { type Generator, ground } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import type { Passage } from '../knowledge/knowledge.ts';

/** A generated answer is worth waiting for only this long; after it the extractive answer stands. */
const deadlineMs = 8_000;

/**
 * Lets the generator phrase an answer from passages that were found. Only claims that rest on what was offered remain.
 * @returns the text and the passages it cites, or undefined when the extractive answer must stand
 */
export async function rephrase(
  generator: Generator,
  ask: { utterance: string; locale: Locale; passages: readonly Passage[]; onToken?: (text: string) => void },
): Promise<{ text: string; cited: Passage[] } | undefined> {
  if (generator.stats().state !== 'ready') return undefined;
  const { utterance, locale, passages, onToken } = ask;
  const offered = { passages: passages.map(({ id, title, text }) => ({ id, text: `${title}. ${text}` })), questions: [], actions: [] };
  const generated = await generator.generate({ utterance, locale, offered, deadlineMs, ...(onToken ? { onToken } : {}) });
  if (generated.kind !== 'draft') return undefined;
  const { kept } = ground(generated.draft, offered);
  if (kept.length === 0) return undefined;
  const cited = passages.filter((passage) => kept.some((claim) => claim.cite === passage.id));
  const claims = [...new Set(kept.map((claim) => claim.text.trim()))];
  return { text: claims.join(locale === 'zh' ? '' : ' '), cited };
}
