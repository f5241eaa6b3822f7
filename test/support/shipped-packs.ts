import { existsSync } from 'node:fs';
import { createLog, prepare } from '@wayside/agent';
import { type Loaded, loadPacks, packsRoot } from '@wayside/packs';
import { prepareOnce } from '../../edge/agent/src/prepare/prepare-once.ts';

// The packs that ship do not change under a test. To read them is most of the work of a hub's start, and to make them ready of an edge's.
let loaded: Promise<Loaded> | undefined;
let prepared: ReturnType<typeof prepare> | undefined;

/** As `loadPacks`: those that ship are read once for all hubs of a process. */
export function loadShipped(root: string): Promise<Loaded> {
  if (root !== packsRoot) return loadPacks(root);
  loaded ??= loadPacks(root);
  return loaded;
}

/** As `prepare`: those that ship are made ready once for all edges of a process, and of a run of the tests where set-up has said where to keep them. */
export function prepareShipped(root: string, installed: string): ReturnType<typeof prepare> {
  if (root !== packsRoot || existsSync(installed)) return prepare(root, installed);
  const kept = process.env.WAYSIDE_TEST_PREPARED;
  const make = kept ? prepareOnce(kept, prepare, createLog('silent', 'edge')) : prepare;
  prepared ??= make(root, 'nothing installed');
  return prepared;
}
