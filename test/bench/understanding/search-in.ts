import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKnowledge, type Knowledge } from '../../../edge/agent/src/knowledge/knowledge.ts';
import { openEdgeStore } from '../../../edge/agent/src/store/open.ts';

/** Puts texts, each an article without a title that says anything, into the knowledge base of an edge of its own, and searches there. */
export async function searchedIn<T>(
  texts: readonly { id: string; text: string }[],
  search: (knowledge: Knowledge) => Promise<T>,
): Promise<T> {
  const temporary = await mkdtemp(join(tmpdir(), 'wayside-bench-'));
  const store = await openEdgeStore(join(temporary, 'edge.db'), Date.now);
  try {
    return await store.db.transaction().execute(async (tx) => {
      const knowledge = createKnowledge(tx);
      const about = { family: 'vehicle', locale: 'en', version: 1, title: 'Text' } as const;
      for (const { id, text } of texts) await knowledge.put({ ...about, id, body: text, faults: [], tags: [], sources: ['bench'] }, 'pack');
      return search(knowledge);
    });
  } finally {
    await store.close();
    await rm(temporary, { recursive: true, force: true });
  }
}
