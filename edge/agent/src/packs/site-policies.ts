import { type FSWatcher, watch } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pack } from '@wayside/packs';
import { WaysideError } from '@wayside/protocol';
import type { Log } from '../log.ts';

export type SitePolicies = {
  /** Reads what is there, then again whenever it changes. */
  start(): Promise<void>;
  stop(): void;
};

/** An editor writes a file in several steps; the last one counts. */
const settleMs = 200;
const maxBytes = 256 * 1024;
const nothingThere = ['ENOENT', 'ENOTDIR'];

/**
 * A site's own policies: `<family>.yaml` in their folder takes the place of the pack's `policy.yaml` while it is there, from the next turn on, with no
 * restart. One that is not valid is named in the log with what to correct, and the policy that was in force stays.
 * @param packs their `policy` is what changes
 */
export function createSitePolicies(folder: string, packs: ReadonlyMap<string, Pack>, log: Log): SitePolicies {
  const own = new Map([...packs].map(([family, { policy }]) => [family, policy]));
  const inForce = new Map<string, string>();
  const due = new Map<string, NodeJS.Timeout>();
  let watcher: FSWatcher | undefined;

  async function read(family: string, pack: Pack): Promise<void> {
    const file = join(folder, `${family}.yaml`);
    try {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (nothingThere.includes(error.code ?? '')) return undefined;
        throw error;
      });
      if (text === inForce.get(family)) return;
      if (text === undefined) putBack(family, pack);
      else await take(family, pack, text);
    } catch (error) {
      log.error({ file }, `The policy of this site for ${family} is not used; the one before stays in force. ${said(error)}`);
    }
  }
  async function take(family: string, pack: Pack, text: string): Promise<void> {
    if (Buffer.byteLength(text) > maxBytes) throw new WaysideError('too-large', `It is larger than ${maxBytes / 1024} KiB.`);
    const { readPolicy } = await import('./read-policy.ts');
    pack.policy = readPolicy(text, pack);
    inForce.set(family, text);
    log.info({ family, rules: pack.policy.rules.length }, 'policy of this site in force');
  }
  function putBack(family: string, pack: Pack): void {
    const before = own.get(family);
    if (before) pack.policy = before;
    else delete pack.policy;
    inForce.delete(family);
    log.info({ family }, 'policy of the pack in force again');
  }
  function changed(name: string | null): void {
    for (const [family, pack] of packs) {
      if (name !== null && name !== `${family}.yaml`) continue;
      clearTimeout(due.get(family));
      due.set(
        family,
        setTimeout(() => void read(family, pack), settleMs),
      );
    }
  }

  return {
    async start() {
      await mkdir(folder, { recursive: true });
      for (const [family, pack] of packs) await read(family, pack);
      try {
        watcher = watch(folder, (_, name) => changed(name));
        watcher.on('error', (error) => log.warn({ err: error }, 'a changed policy is seen at the next start only'));
      } catch (error) {
        log.warn({ err: error }, 'a changed policy is seen at the next start only');
      }
    },
    stop() {
      watcher?.close();
      for (const timer of due.values()) clearTimeout(timer);
    },
  };
}

const said = (error: unknown) => (error instanceof Error ? error.message : String(error));
