import { type DownBatch, downBatch, type UpAcknowledgment, type UpBatch, upAcknowledgment } from '@wayside/contract';
import { check, WaysideError } from '@wayside/protocol';

/** The hub as the edge sees it: three calls over the standard `fetch`. */
export type HubDoor = {
  readonly url: string;
  readonly token: string;
  up(batch: UpBatch): Promise<UpAcknowledgment>;
  down(after: number, limit: number): Promise<DownBatch>;
};

const timeoutMs = 15_000;

export function createHubDoor(url: string, token: string, fetcher: typeof fetch = fetch): HubDoor {
  async function call(path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await fetcher(new URL(path, url), {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...(init.body ? { 'content-type': 'application/json' } : {}) },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.ok) return response.json();
    const problem = (await response.json().catch(() => ({}))) as { detail?: string; code?: string };
    const denied = response.status === 401 || response.status === 403;
    throw new WaysideError(
      denied ? 'unauthorized' : 'unavailable',
      `The hub answered ${response.status}: ${problem.detail ?? problem.code ?? 'no reason given'}`,
    );
  }
  return {
    url,
    token,
    up: async (batch) =>
      check(upAcknowledgment, await call('/v1/sync/up', { method: 'POST', body: JSON.stringify(batch) }), 'acknowledgment'),
    down: async (after, limit) => check(downBatch, await call(`/v1/sync/down?after=${after}&limit=${limit}`), 'batch from the hub'),
  };
}
