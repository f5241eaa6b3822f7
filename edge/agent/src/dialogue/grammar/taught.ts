import { type PhraseSet, phraseSet } from '@wayside/contract';
import { type Locale, locales } from '@wayside/protocol';
import type { Db } from '../../store/schema.ts';
import type { CompiledLanguage, Meaning } from './compile-grammar.ts';
import { createGrammar, type Grammar } from './grammar.ts';
import { normalise } from './sentence.ts';
import { Templates } from './templates.ts';

export type Taught = ReturnType<typeof createTaught>;

/** The sentences that the desk taught this edge: kept in its store, understood at once, and forgotten when they are taken back. */
export function createTaught(db: Db) {
  let grammar: Grammar | undefined;

  async function load(): Promise<void> {
    const rows = await db.selectFrom('taught').select('body').execute();
    const sets = rows.map(({ body }) => phraseSet.parse(JSON.parse(body)));
    grammar = sets.length === 0 ? undefined : createGrammar({ en: compile(sets, 'en'), zh: compile(sets, 'zh') });
  }

  return {
    load,
    /** In the transaction that brings them. The returned act makes them understood. */
    async learn(tx: Db, state: 'published' | 'withdrawn', set: PhraseSet): Promise<() => void> {
      const body = JSON.stringify(set);
      if (state === 'withdrawn') await tx.deleteFrom('taught').where('id', '=', set.id).execute();
      else
        await tx
          .insertInto('taught')
          .values({ id: set.id, body })
          .onConflict((c) => c.column('id').doUpdateSet({ body }))
          .execute();
      return () => void load();
    },
    /** What the packs say goes before; what they do not know, or only nearly, may have been taught. */
    behind: (packs: Grammar): Grammar => ({
      ...packs,
      match(text, locale, prefer) {
        const own = packs.match(text, locale, prefer);
        if (!grammar || (own.kind === 'match' && own.exact)) return own;
        const taught = grammar.match(text, locale, prefer);
        return taught.kind === 'match' && (taught.exact || own.kind === 'none') ? taught : own;
      },
    }),
  };
}

function compile(sets: readonly PhraseSet[], wanted: Locale): CompiledLanguage {
  const spaced = wanted === locales[0];
  const sentences = new Templates<Meaning>(spaced);
  for (const { locale, intent, slots, family, sentences: said } of sets) {
    if (locale !== wanted) continue;
    for (const text of said) sentences.add({ text: normalise(text, locale) }, { intent, slots, family });
  }
  const words = new Set(sentences.words);
  const none = new Templates<Meaning>(spaced).compiled();
  return { sentences: sentences.compiled(), alarms: none, cues: new Map(), lists: new Map(), codes: new Set(), words };
}
