import type { Article } from '@wayside/contract';
import type { Change } from '../store/change.ts';
import { send } from '../sync/envelopes.ts';

/** Tells every enrolled edge what became of an article. */
export async function sendToAll(here: Change, state: 'published' | 'withdrawn', article: Article): Promise<void> {
  for (const { id } of await here.tx.selectFrom('edge').select('id').orderBy('id').execute()) {
    await send(here, id, 'article', { state, article });
  }
}

/** Gives an edge that has just come everything the others were given. Pack articles it has from its packs. */
export async function sendPublished(here: Change, edge: string): Promise<void> {
  const rows = await here.tx
    .selectFrom('article')
    .select('publishedJson')
    .where('publishedJson', 'is not', null)
    .orderBy('id')
    .orderBy('locale')
    .execute();
  for (const { publishedJson } of rows) {
    await send(here, edge, 'article', { state: 'published', article: JSON.parse(publishedJson as string) as Article });
  }
}
