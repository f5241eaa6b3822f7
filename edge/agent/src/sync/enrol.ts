import { WaysideError } from '@wayside/protocol';
import type { Log } from '../log.ts';
import { forgetHubLog } from '../record/hub-log.ts';
import type { Db } from '../store/schema.ts';
import { writeCheckpoint } from './checkpoint.ts';
import { createHubDoor } from './hub.ts';
import { firstKept, forgot, forgottenEpochs, renumber, stateGap } from './outbox.ts';

const key = 'hubToken';

export type Enrolled = { hubUrl?: string; hubToken?: string; enrol?: string };

/** The token for the hub and the epoch in which records are numbered; no token: serve alone. */
export type Membership = { token: string | undefined; epoch: string };

/**
 * How this edge stands with its hub: by the token it was given, the one it keeps, or a new one for a one-time code. A hub that no longer knows
 * the kept token (it lost its store) is joined afresh when there is a code. One that cannot be reached now is no reason not to serve.
 */
export async function joinHub(
  db: Db,
  me: { edge: string; epoch: string },
  config: Enrolled,
  log: Log,
  now: () => number,
): Promise<Membership> {
  const { hubUrl: url, enrol: code } = config;
  if (!url) return { token: undefined, epoch: me.epoch };
  if (config.hubToken) return { token: config.hubToken, epoch: me.epoch };
  const kept = (await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value;
  if (kept && !(code && (await isStranger(url, kept)))) return { token: kept, epoch: me.epoch };
  if (!code) {
    log.warn(
      { hub: url },
      'this edge is not enrolled at its hub: start it once with --enrol and a code from there; until then it serves alone',
    );
    return { token: undefined, epoch: me.epoch };
  }
  try {
    const token = await spend(url, code, me.edge);
    return { token, epoch: kept ? await beginAfresh(db, token, now()) : await keepToken(db, token, me.epoch) };
  } catch (error) {
    log.warn({ hub: url, err: (error as Error).message }, 'enrolment did not get through; serving alone');
    return { token: kept, epoch: me.epoch };
  }
}

/** True only when the hub answers that it does not know this token; a hub that is away says nothing about it. */
async function isStranger(url: string, token: string): Promise<boolean> {
  return createHubDoor(url, token)
    .down(0, 1)
    .then(
      () => false,
      (error: unknown) => error instanceof WaysideError && error.code === 'unauthorized',
    );
}

async function keepToken(db: Db, token: string, epoch: string): Promise<string> {
  await db
    .insertInto('meta')
    .values({ key, value: token })
    .onConflict((c) => c.column('key').doUpdateSet({ value: token }))
    .execute();
  return epoch;
}

/**
 * To a hub that never heard of us both streams begin at one: what is still here is numbered anew in a new epoch, behind the word of what is
 * not, and what the old hub sent down counts no more. One transaction, so that a crash leaves either the old numbering or the new.
 * @returns the new epoch
 */
async function beginAfresh(db: Db, token: string, now: number): Promise<string> {
  return db.transaction().execute(async (tx) => {
    const forgotten = (await forgottenEpochs(tx)).reduce((sum, one) => sum + one.forgotten, (await firstKept(tx)) - 1);
    if (forgotten > 0) await stateGap(tx, forgotten, now);
    const epoch = await renumber(tx, now);
    await tx.deleteFrom('checkpoint').where('name', 'like', `${forgot}%`).execute();
    await keepToken(tx, token, epoch);
    await writeCheckpoint(tx, 'down', 0);
    await forgetHubLog(tx);
    return epoch;
  });
}

async function spend(hubUrl: string, code: string, edge: string): Promise<string> {
  const response = await fetch(new URL('/v1/edges/enrol', hubUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, edge }),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = (await response.json()) as { token?: string; detail?: string };
  if (!response.ok || !answer.token) throw new WaysideError('unauthorized', answer.detail ?? `the hub answered ${response.status}`);
  return answer.token;
}
