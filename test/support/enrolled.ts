import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createLog } from '@wayside/agent';
import { openEdgeStore } from '../../edge/agent/src/store/open.ts';
import { joinHub } from '../../edge/agent/src/sync/enrol.ts';

/** Makes the data folder of an edge that was enrolled before, under a name that a test knows. @param code spent for it at the hub */
export async function enrolled(data: string, name: string, hubUrl: string, code: string): Promise<void> {
  await mkdir(data, { recursive: true });
  const store = await openEdgeStore(join(data, 'edge.db'), Date.now, { edge: name });
  try {
    const { credential } = await joinHub(store.db, store, { hubUrl, enrol: code }, createLog('silent', 'edge'), Date.now);
    if (!credential) throw new Error(`the hub at ${hubUrl} let ${name} not in`);
  } finally {
    await store.close();
  }
}
