import type { Generator } from '@wayside/models';
import { loadPack, packsRoot } from '@wayside/packs';
import type { Locale } from '@wayside/protocol';
import { rephrase } from '../../../edge/agent/src/dialogue/say/generate.ts';
import { guard } from '../../../edge/agent/src/dialogue/say/guard.ts';
import type { Passage } from '../../../edge/agent/src/knowledge/knowledge.ts';
import { sentencesIn } from './lies.ts';

export type Asked = { utterance: string; locale: Locale; passages: Passage[] };

const passage = (id: string, locale: Locale, title: string, text: string): Passage => ({
  id,
  article: id,
  locale,
  title,
  heading: '',
  text,
  score: 1,
  matched: 0.4,
  active: false,
});

/** What an edge says of such a draft: grounded sentence by sentence, then guarded, as in a conversation. */
export async function answered(generator: Generator, ask: Asked): Promise<{ text: string; sources: string } | undefined> {
  const cite = (some: readonly Passage[]) =>
    some.map(({ id, title, text }) => ({ kind: 'article' as const, ref: id, text: `${title} · ${text}` }));
  const said = await rephrase(generator, {
    ...ask,
    asks: true,
    maySay: (text, cited) =>
      guard(
        text,
        cite(cited),
        cited.map((one) => one.text),
        [],
        ask.locale,
      ) === text,
  });
  return said && { text: said.text, sources: said.cited.map(({ title, text }) => `${title} ${text}`).join('\n') };
}

/** Numbers and trouble codes of an answer that stand in none of its sources. A check of its own: none of the code that is judged is asked. */
export function strangers(text: string, sources: string): string[] {
  const of = (one: string) => one.normalize('NFKC').match(/[A-Z]\d{4}|\d+(?:[.,]\d+)?/g) ?? [];
  const known = new Set(of(sources));
  return of(text).filter((one) => !known.has(one));
}

/** The parts of the packs' articles, a list for each pack and language. */
export async function passagesOfPacks(): Promise<Passage[][]> {
  const packs = await Promise.all(
    ['vehicle', 'home-hvac', 'industrial-pump', 'air-handler'].map((name) => loadPack(`${packsRoot}/${name}`)),
  );
  return packs.flatMap(({ articles }) =>
    (['en', 'zh'] as const).map((locale) =>
      articles
        .filter((one) => one.locale === locale)
        .flatMap(({ id, title, body }) =>
          body
            .split(/\n{2,}/)
            .filter((text) => sentencesIn(text).length > 1)
            .map((text, n) => passage(`${id}-${n}`, locale, title, text)),
        ),
    ),
  );
}
