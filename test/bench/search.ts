import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createKnowledge } from '../../edge/agent/src/knowledge/knowledge.ts';
import { wordsOf } from '../../edge/agent/src/knowledge/words.ts';
import { openEdgeStore } from '../../edge/agent/src/store/open.ts';
import { composeLibrary } from './library.ts';
import { type Bench, median, quantile, type Row, some, timed } from './measure.ts';
import { readSentences } from './sentences.ts';

/** Knowledge search over 1,000 articles, beside the bare full-text query it stands on. */
export const search: Bench = {
  name: 'search',
  title: 'Knowledge search: 1,000 articles in English and Chinese each, the questions of the packs’ tests',
  async run({ share, say }): Promise<Row[]> {
    const temporary = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
    const store = await openEdgeStore(join(temporary, 'edge.db'), Date.now);
    try {
      const library = await composeLibrary(some(1_000, share));
      say(`${library.length / 2} articles`);
      await store.db.transaction().execute(async (tx) => {
        for (const article of library) await createKnowledge(tx).put({ ...article, version: 1 }, 'pack');
      });
      const { questions } = await readSentences();
      const knowledge = createKnowledge(store.db);
      const [ours, bare]: [number[], number[]] = [[], []];
      let found = 0;
      for (let n = 0; n < some(2_000, share); n++) {
        const { text, locale, family } = questions[n % questions.length]!;
        const searched = await timed(() => knowledge.search({ text, locale, family }));
        ours.push(searched.ms);
        if (searched.got.length > 0) found++;
        const query = wordsOf(text)
          .map((word) => `"${word}"`)
          .join(' OR ');
        bare.push(
          (
            await timed(() =>
              sql`select id from articleWords where articleWords match ${query} order by bm25(articleWords) limit 3`.execute(store.db),
            )
          ).ms,
        );
      }
      if (found === 0) throw new Error('The search found nothing: the questions no longer fit the articles.');
      const is = 'the bare FTS5 query, best three';
      return [
        {
          metric: 'p50Ms',
          says: 'Question to passages, p50',
          value: median(ours),
          unit: 'ms',
          peers: [{ is, value: median(bare), as: 'p50ToBareFts' }],
        },
        {
          metric: 'p95Ms',
          says: 'Question to passages, p95',
          value: quantile(ours, 0.95),
          unit: 'ms',
          peers: [{ is, value: quantile(bare, 0.95), as: 'p95ToBareFts' }],
        },
        { metric: 'answeredPercent', says: 'Questions with a passage, percent', value: (100 * found) / ours.length, unit: '' },
      ];
    } finally {
      await store.close();
      await rm(temporary, { recursive: true, force: true });
    }
  },
};
