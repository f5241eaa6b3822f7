import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Take } from '@wayside/contract';
import { type InstalledPack, installedPacks } from '../packs/receipts.ts';

/** What a rollout brought runs on trial: how often it was started, and whether it was put back because it did not come up. */
export type Trial = { take: Take; starts: number; failed?: true };

/** After so many starts that came to nothing, what ran before runs again. */
const mostStarts = 2;

const trialFile = (data: string) => join(data, 'trial.json');
const choicesFile = (data: string) => join(data, 'choices.json');
const packsFolder = (data: string) => join(data, 'packs');
const beforeFolder = (data: string, family: string) => join(data, 'packs-before', family);

export const readTrial = (data: string): Promise<Trial | undefined> => readJson<Trial>(trialFile(data));
export const endTrial = (data: string): Promise<void> => rm(trialFile(data), { force: true });

/**
 * Called at every start, before anything is read: a start of something on trial is counted, and what did not come up twice is put back.
 * @param data the edge's data folder
 */
export async function countStart(data: string): Promise<void> {
  const trial = await readTrial(data);
  if (!trial || trial.failed) return;
  if (trial.starts < mostStarts) return writeJson(trialFile(data), { ...trial, starts: trial.starts + 1 });
  await putBack(data, trial.take);
  await writeJson(trialFile(data), { ...trial, failed: true });
}

/** Puts what was fetched in its place, on trial. What stood there is kept for `putBack`. @param pack the checked pack, laid out beside */
export async function putInPlace(data: string, take: Take, pack?: InstalledPack): Promise<void> {
  // First, so that a crash on the way is counted too: putting back what was not put in changes nothing.
  await writeJson(trialFile(data), { take, starts: 0 } satisfies Trial);
  if (take.what.of === 'generator') {
    const { generator } = await readChoices(data);
    return writeJson(choicesFile(data), { generator: take.what.model, before: generator });
  }
  const { family } = take.what;
  const before = beforeFolder(data, family);
  await rm(before, { recursive: true, force: true });
  await mkdir(before, { recursive: true });
  await mkdir(packsFolder(data), { recursive: true });
  for (const old of await installedOf(data, family)) await rename(old.dir, join(before, basename(old.dir)));
  if (pack) await rename(pack.dir, join(packsFolder(data), basename(pack.dir)));
}

/** What ran before runs again from the next start on. @returns whether anything changed: what was never put in place is not put back */
export async function putBack(data: string, { rollout, what }: Take): Promise<boolean> {
  const onTrial = (await readTrial(data))?.take.rollout === rollout;
  if (what.of === 'generator') {
    const { generator, before } = await readChoices(data);
    if (generator !== what.model) return false;
    await writeJson(choicesFile(data), { generator: before });
    return true;
  }
  const { family, fingerprint } = what;
  const its = (await installedOf(data, family)).filter(({ receipt }) => receipt.fingerprint === fingerprint);
  if (its.length === 0 && !onTrial) return false;
  for (const { dir } of its) await rm(dir, { recursive: true, force: true });
  for (const old of await installedPacks(beforeFolder(data, family))) await rename(old.dir, join(packsFolder(data), basename(old.dir)));
  return true;
}

/** What a rollout chose for this edge, where its own settings say nothing. */
export const readChoices = async (data: string): Promise<{ generator?: string; before?: string }> =>
  (await readJson<{ generator?: string; before?: string }>(choicesFile(data))) ?? {};

const installedOf = async (data: string, family: string) =>
  (await installedPacks(packsFolder(data))).filter(({ receipt }) => receipt.family === family);

async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(value));
  await rename(`${file}.new`, file);
}
