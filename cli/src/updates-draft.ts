import { readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { type Draft, draftRoot, joinDrafts, makeHolder, readDraft, readHolder, signDraft, stateOf } from '@wayside/hub/updates';
import { WaysideError } from '@wayside/protocol';
import type { HubFlags } from './find-hub.ts';
import { hubOf, say } from './updates.ts';

const read = async <T>(file: string, as: (text: string) => T): Promise<T> => {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new WaysideError('not-found', `${file} cannot be read.`, { cause });
  });
  return as(text);
};

/** `wayside updates holder`: keys for one person, made where they are kept; only their public halves go to whoever drafts. */
export async function holder(folder: string): Promise<void> {
  const { text, root, targets } = await makeHolder(folder);
  const file = path.join(folder, 'holder.json');
  await writeFile(file, `${text}\n`);
  say(
    `${file} holds the public halves: root ${root.slice(0, 12)}, targets ${targets.slice(0, 12)}. Give it to whoever drafts the next root.`,
  );
}

/** `wayside updates draft`: what the root is to become, for its holders to sign one by one. */
export async function draft(
  file: string,
  { add = [], without = [], threshold, ...flags }: HubFlags & { add?: string[]; without?: string[]; threshold?: string },
): Promise<void> {
  const holders = await Promise.all(add.map((one) => read(one, readHolder)));
  const change = { add: holders, without, ...(threshold === undefined ? {} : { threshold: Number(threshold) }) };
  const made = draftRoot(await (await hubOf(flags)).status(), change, Date.now());
  await keep(file, made);
  say(`\nEach holder signs it, or a copy: wayside updates sign --draft ${file} --keys FOLDER`);
}

/** `wayside updates sign --draft`: one holder's signature, wherever they are; no hub is asked. */
export async function signOne(file: string, keys: readonly string[]): Promise<void> {
  await keep(file, await signDraft(await read(file, readDraft), keys));
}

/** `wayside updates join`: all that was signed of one draft, at the hub; told what is missing before that. */
export async function join(files: readonly string[], flags: HubFlags): Promise<void> {
  const drafts = await Promise.all(files.map((file) => read(file, readDraft)));
  const joined = joinDrafts(drafts as [Draft, ...Draft[]]);
  await keep(files[0]!, joined);
  const { missing } = stateOf(joined);
  if (missing.before + missing.after + missing.list > 0)
    throw new WaysideError('forbidden', 'Too few have signed; the hub was told nothing.');
  const { root, targets } = joined;
  await (await hubOf(flags)).put({ root, ...(targets === undefined ? {} : { targets }) });
  say('\nIt is the root from now on. Edges follow, however long they were away.');
}

async function keep(file: string, one: Draft): Promise<void> {
  await writeFile(file, `${JSON.stringify(one)}\n`);
  const { keys, threshold, missing } = stateOf(one);
  for (const key of keys) say(`${key.for.padEnd(8)} ${key.id.slice(0, 12)}  ${key.is.padEnd(5)} ${key.signed ? ' signed' : ''}`);
  say(
    `From then on ${threshold} must sign the root. Still to sign: ${missing.before} of the keys before, ${missing.after} of those after${missing.list ? ', 1 for the list' : ''}.`,
  );
}
