import type { Loaded, Pack, WholePack } from '@wayside/packs';
import { type CompiledGrammar, compileGrammar } from '../dialogue/grammar/compile-grammar.ts';
import { type Examples, findExamples } from '../dialogue/understand/examples.ts';
import { indexArticle } from '../knowledge/index-article.ts';
import type { ShelfArticle } from '../knowledge/shelve.ts';
import { gatherPacks } from '../packs/gather.ts';
import { findSayings, type Sayings } from '../voice/site-phrases.ts';

/** What an edge needs of its packs, as plain data. What was made of their phrases and texts stands in their place. */
export type Prepared = {
  packs: Pack[];
  broken: Loaded['broken'];
  grammar: CompiledGrammar;
  examples: Examples;
  sayings: Sayings;
  articles: ShelfArticle[];
};

/** How packs are made ready: here (`prepare`), or in a process that ends (`prepareApart`). */
export type Prepare = (root: string, installed: string) => Promise<Prepared>;

/**
 * Reads the packs of a site, compiles their phrases and finds the words of their articles.
 * @throws WaysideError `not-found` when `root` is not there, `pack-invalid` for a phrase that cannot be compiled
 */
export async function prepare(root: string, installed: string): Promise<Prepared> {
  const { packs, broken } = await gatherPacks(root, installed);
  return {
    packs: packs.map(served),
    broken,
    grammar: compileGrammar(packs),
    examples: findExamples(packs),
    sayings: findSayings(packs),
    articles: packs.flatMap(({ family, articles }) =>
      articles.map((article) => ({ article: { ...article, family, version: 1 }, sections: indexArticle(article) })),
    ),
  };
}

/** A pack without what stands made ready beside it. */
const served = ({ phrases: _, articles, observations, ...pack }: WholePack): Pack => ({
  ...pack,
  observations: Object.fromEntries(Object.entries(observations).map(([id, { said: _, ...observation }]) => [id, observation])),
  articles: articles.map(({ body: _, ...head }) => head),
});
