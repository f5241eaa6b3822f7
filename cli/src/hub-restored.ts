import { signersIn } from '@wayside/hub/updates';
import { WaysideError } from '@wayside/protocol';
import { type Restoration, readRestoration, signRestoration } from '@wayside/record';
import { nodePrimitives } from '@wayside/record/node';
import { findHub, type HubFlags } from './find-hub.ts';

/** `wayside hub restored`: the operator’s signed word that a hub was put back from an old copy. Its log begins anew, and its edges follow. */
export async function restored(flags: HubFlags & { copied: string; reason: string; keys?: string[] }): Promise<void> {
  const copied = Date.parse(flags.copied);
  if (Number.isNaN(copied)) throw new WaysideError('invalid', '--copied takes a time such as 2026-11-20T02:00Z.');
  const at = await findHub(flags);
  const draft = await at.call<Omit<Restoration, 'by' | 'reason'>>('GET', `/v1/record/restoration?copied=${copied}`);
  const said = signRestoration({ ...draft, reason: flags.reason }, await signersIn(flags.keys ?? [at.keys]));
  const read = readRestoration(nodePrimitives, said);
  if (!read) throw new WaysideError('invalid', 'What the hub says of its log does not hold; nothing was declared.');
  await at.call('POST', '/v1/record/restoration', said);
  process.stdout.write(
    `Declared. Of the ${read.size} leaves that witnesses knew, ${read.lost} are lost; the edges send theirs again.\nThe log has a new key now: ${said.hub}\n“wayside verify” shows this in every file exported from now on. Who signed: ${read.by.join(', ')}\n`,
  );
}
