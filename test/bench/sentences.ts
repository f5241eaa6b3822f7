import { loadArticleTests, loadPacks, loadPhraseTests, packsRoot } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';

export type Sentence = { locale: Locale; text: string; family: string };
export type Sentences = { understood: Sentence[]; questions: Sentence[]; strange: Sentence[] };

/**
 * What people say, as the packs' own tests have it: sentences with an intent, questions for the articles, and sentences
 * that must be rejected. What ends a conversation or calls a person is left out: it would measure something else.
 */
export async function readSentences(): Promise<Sentences> {
  const { packs } = await loadPacks(packsRoot);
  const found: Sentences = { understood: [], questions: [], strange: [] };
  for (const { dir, family } of packs) {
    for (const { language, text, intent } of await loadPhraseTests(dir)) {
      const one = { locale: language, text, family };
      if (intent === null) found.strange.push(one);
      else if (intent !== 'person' && intent !== 'bye') found.understood.push(one);
    }
    for (const { language, question } of await loadArticleTests(dir)) found.questions.push({ locale: language, text: question, family });
  }
  return found;
}
