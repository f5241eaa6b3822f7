import { certified, contractVersion, type enrolment } from '@wayside/contract';
import { check, WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import type { Log } from '../log.ts';
import { forgetHubLog } from '../record/hub-log.ts';
import type { Db } from '../store/schema.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { type Credential, newKey, readCredential, writeCredential } from './credential.ts';
import { createHubDoor, type HubDoor } from './hub.ts';
import { createHubLine } from './hub-line.ts';
import { firstKept, forgot, forgottenEpochs, renumber, stateGap, toldThrough } from './outbox.ts';
import { keepTrustedRoot } from './trusted-root.ts';

/** Named for what was kept there before there were certificates. */
const key = 'hubToken';

export type Enrolled = { hubUrl?: string; enrol?: string };

/** What this edge shows its hub, and the epoch in which records are numbered; nothing to show: serve alone. */
export type Membership = { credential: Credential | undefined; epoch: string };

/**
 * How this edge stands with its hub: by what it keeps, or a certificate for a one-time code. A hub that no longer knows
 * what is kept (it lost its store) is joined afresh when there is a code; one that has our records only let the certificate run out, or locked this edge out. One that cannot be reached now is no reason not to serve.
 */
export async function joinHub(
  db: Db,
  me: { edge: string; epoch: string },
  config: Enrolled,
  log: Log,
  now: () => number,
): Promise<Membership> {
  const { hubUrl: url, enrol: code } = config;
  if (!url) return { credential: undefined, epoch: me.epoch };
  const text = (await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value;
  const kept = text === undefined ? undefined : readCredential(text);
  if (kept && !(code && (await isStranger(createHubDoor(url, kept, { now }))))) return { credential: kept, epoch: me.epoch };
  if (!code) {
    log.warn(
      { hub: url },
      'this edge is not enrolled at its hub: start it once with --enrol and a code from there; until then it serves alone',
    );
    return { credential: undefined, epoch: me.epoch };
  }
  try {
    const { credential, root } = await spend(url, code, me.edge);
    if (text !== undefined && (await isNew(db, createHubDoor(url, credential, { now }), me.epoch)))
      return { credential, epoch: await beginAfresh(db, credential, root, now()) };
    await db.transaction().execute(async (tx) => {
      await keepCredential(tx, credential);
      await keepTrustedRoot(tx, root);
    });
    return { credential, epoch: me.epoch };
  } catch (error) {
    log.warn({ hub: url, err: (error as Error).message }, 'enrolment did not get through; serving alone');
    return { credential: kept, epoch: me.epoch };
  }
}

/** True only when the hub answers that it does not know what this edge shows; a hub that is away says nothing about it. */
const isStranger = (hub: HubDoor): Promise<boolean> =>
  hub.down(0, 1).then(
    () => false,
    (error: unknown) => error instanceof WaysideError && error.code === 'unauthorized',
  );

/** Does the hub lack what it once acknowledged? One that does not answer is asked again by every talk with it (`push`). */
async function isNew(db: Db, hub: HubDoor, epoch: string): Promise<boolean> {
  const told = await toldThrough(db);
  return hub.up({ version: contractVersion, epoch, records: [] }).then(
    ({ durableThrough }) => durableThrough < told,
    () => false,
  );
}

export async function keepCredential(db: Db, credential: Credential): Promise<void> {
  const value = writeCredential(credential);
  await db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((c) => c.column('key').doUpdateSet({ value }))
    .execute();
}

/**
 * To a hub that never heard of us both streams begin at one: what is still here is numbered anew in a new epoch, behind the word of what is
 * not, and what the old hub sent down counts no more. One transaction, so that a crash leaves either the old numbering or the new.
 * @returns the new epoch
 */
async function beginAfresh(db: Db, credential: Credential, root: string | undefined, now: number): Promise<string> {
  return db.transaction().execute(async (tx) => {
    const forgotten = (await forgottenEpochs(tx)).reduce((sum, one) => sum + one.forgotten, (await firstKept(tx)) - 1);
    if (forgotten > 0) await stateGap(tx, forgotten, now);
    const epoch = await renumber(tx, now);
    await tx.deleteFrom('checkpoint').where('name', 'like', `${forgot}%`).execute();
    await keepCredential(tx, credential);
    await keepTrustedRoot(tx, root);
    await writeCheckpoint(tx, 'down', 0);
    await forgetHubLog(tx);
    return epoch;
  });
}

/** Makes a key and spends the code on a certificate for it. The key is on disk only once the hub has answered: one that is lost on the way costs a code. */
async function spend(hubUrl: string, code: string, edge: string): Promise<{ credential: Credential; root: string | undefined }> {
  const key = newKey(edge);
  const response = await createHubLine(hubUrl)(new URL('/v1/edges/enrol', hubUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, edge, csr: key.csr } satisfies z.input<typeof enrolment>),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = (await response.json()) as { detail?: string };
  if (!response.ok) throw new WaysideError('unauthorized', answer.detail ?? `the hub answered ${response.status}`);
  const { certificate, root } = check(certified, answer, 'certificate');
  return { credential: key.with(certificate), root };
}
