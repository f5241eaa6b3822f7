import { readFile, writeFile } from 'node:fs/promises';
import { signersIn } from '@wayside/hub/updates';
import { check, WaysideError } from '@wayside/protocol';
import { joinRestorations, type Restoration, readRestoration, restorationDraft, signRestoration } from '@wayside/record';
import { nodePrimitives } from '@wayside/record/node';
import { findHub, type HubFlags } from './find-hub.ts';

type About = HubFlags & { copied?: string; reason?: string };

/** `wayside hub restored`: the operator’s signed word that a hub was put back from an old copy. Its log begins anew, and its edges follow. */
export async function restored(flags: About & { keys?: string[] }): Promise<void> {
  const { keys } = await findHub(flags);
  await declare(signRestoration(await drafted(flags), await signersIn(flags.keys ?? [keys])), flags);
}

/** `wayside hub restored draft`: what happened, for those who keep the keys to sign one by one. Nothing in it is secret. */
export async function draftRestored(file: string, flags: About): Promise<void> {
  await keep(file, { ...(await drafted(flags)), by: [] });
  say(`Each holder signs it, or a copy: wayside hub restored sign ${file} --keys FOLDER`);
}

/** `wayside hub restored sign`: one holder's signature, wherever they are; no hub is asked. */
export async function signRestored(file: string, { keys = [] }: { keys?: readonly string[] }): Promise<void> {
  if (keys.length === 0) throw new WaysideError('invalid', 'Name the folders where your keys lie with --keys.');
  const draft = await read(file);
  await keep(file, joinRestorations([draft, signRestoration(draft, await signersIn(keys))]) as Restoration);
}

/** `wayside hub restored join`: all signatures of one draft, at the hub, which says when they are too few. */
export async function joinRestored(files: readonly string[], flags: HubFlags): Promise<void> {
  const joined = joinRestorations(await Promise.all(files.map(read)));
  if (!joined) throw new WaysideError('conflict', 'These are not copies of one draft. Join what was signed of the same.');
  await keep(files[0]!, joined);
  await declare(joined, flags);
}

async function drafted({ copied: time = '', reason = '', ...flags }: About): Promise<Omit<Restoration, 'by'>> {
  if (reason === '') throw new WaysideError('invalid', 'Say with --reason what happened: everybody will read it.');
  const copied = Date.parse(time);
  if (Number.isNaN(copied)) throw new WaysideError('invalid', '--copied takes a time such as 2026-11-20T02:00Z.');
  const at = await findHub(flags);
  return { ...(await at.call<Omit<Restoration, 'by' | 'reason'>>('GET', `/v1/record/restoration?copied=${copied}`)), reason };
}

async function declare(said: Restoration, flags: HubFlags): Promise<void> {
  const read = said.by.length > 0 ? readRestoration(nodePrimitives, said) : undefined;
  if (!read) throw new WaysideError('invalid', 'A signature of it does not hold, or nobody has signed; nothing was declared.');
  await (await findHub(flags)).call('POST', '/v1/record/restoration', said);
  say(
    `Declared. Of the ${read.size} leaves that witnesses knew, ${read.lost} are lost; the edges send theirs again.\nThe log has a new key now: ${said.hub}\n“wayside verify” shows this in every file exported from now on. Who signed: ${read.by.join(', ')}`,
  );
}

async function read(file: string): Promise<Restoration> {
  try {
    return check(restorationDraft, JSON.parse(await readFile(file, 'utf8')), 'draft');
  } catch (cause) {
    throw new WaysideError('invalid', `${file} is no draft of this. “wayside hub restored draft FILE” makes one.`, { cause });
  }
}

/** Whoever signs is shown what it says. */
async function keep(file: string, draft: Restoration): Promise<void> {
  await writeFile(file, `${JSON.stringify(draft)}\n`);
  const size = draft.head.split('\n')[1];
  say(
    `The log ${draft.old.split('+')[0]} was put back: ${draft.kept} of ${size} leaves are left (${draft.reason}). It goes on as ${draft.hub.split('+')[0]}.`,
  );
  say(`Signed by ${draft.by.map(({ key }) => key.slice(0, 12)).join(', ') || 'nobody yet'}.`);
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
