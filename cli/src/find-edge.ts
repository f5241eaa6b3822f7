import { WaysideError } from '@wayside/protocol';
import { localSite } from './site.ts';

export type EdgeFlags = { edge?: string; token?: string; lang?: string; data: string };

/** The edge that is meant, and how to call it: the one named, else the one that was started here. @throws WaysideError `unauthorized` without a token */
export async function findEdge(flags: EdgeFlags) {
  const site = await localSite(flags.data);
  const base = flags.edge ?? site?.edge.url ?? 'http://127.0.0.1:8080';
  const token = flags.token ?? process.env.WAYSIDE_TOKEN ?? site?.edge.token;
  if (!token) throw new WaysideError('unauthorized', 'No token for the edge. Start “wayside up” here first, or give --edge and --token.');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const locale = flags.lang ?? (process.env.LANG?.startsWith('zh') ? 'zh' : 'en');

  const call = async <T>(path: string, body?: unknown): Promise<T> => {
    const response = await fetch(new URL(path, base), {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new WaysideError('unavailable', `No edge answers at ${base}. Start one with “npm start”.`, { cause });
    });
    const answer = (await response.json()) as T & { detail?: string };
    if (!response.ok) throw new WaysideError('invalid', answer.detail ?? `The edge answered ${response.status}.`);
    return answer;
  };
  return { base, headers, locale, call };
}
