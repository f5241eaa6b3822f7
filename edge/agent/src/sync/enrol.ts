import { WaysideError } from '@wayside/protocol';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';

const key = 'hubToken';

export type Enrolled = { hubUrl?: string; hubToken?: string; enrol?: string };

/**
 * The token with which this edge speaks to its hub: the one it was given, the one it keeps, or a new one for a one-time code.
 * A hub that cannot be reached now is no reason not to serve: then there is none until the next start.
 */
export async function hubToken(db: Db, edge: string, config: Enrolled, log: Log): Promise<string | undefined> {
  if (!config.hubUrl) return undefined;
  if (config.hubToken) return config.hubToken;
  const kept = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
  if (kept) return kept.value;
  if (!config.enrol) {
    log.warn(
      { hub: config.hubUrl },
      'this edge is not enrolled at its hub: start it once with --enrol and a code from there; until then it serves alone',
    );
    return undefined;
  }
  try {
    const token = await spend(config.hubUrl, config.enrol, edge);
    await db.insertInto('meta').values({ key, value: token }).execute();
    return token;
  } catch (error) {
    log.warn({ hub: config.hubUrl, err: (error as Error).message }, 'enrolment did not get through; serving alone');
    return undefined;
  }
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
