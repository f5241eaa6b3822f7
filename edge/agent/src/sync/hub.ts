import {
  type DownBatch,
  downBatch,
  type Linked,
  linkCode,
  linked,
  type linkOffer,
  type UpAcknowledgment,
  type UpBatch,
  upAcknowledgment,
  type VisitFrame,
  visitAnswer,
} from '@wayside/contract';
import { check, WaysideError } from '@wayside/protocol';
import type { z } from 'zod';

/** The hub as the edge sees it: three calls over the standard `fetch`. */
export type HubDoor = {
  readonly url: string;
  readonly token: string;
  up(batch: UpBatch): Promise<UpAcknowledgment>;
  /** @param mark when the envelope `after` was of; a hub that does not know it was put back */
  down(after: number, limit: number, mark?: number): Promise<DownBatch>;
  /** A one-time code with which another edge joins one of this edge's people. @throws WaysideError `conflict` before they share */
  offerLink(offer: z.input<typeof linkOffer>): Promise<{ code: string; expiresAt: number }>;
  claimLink(code: string): Promise<Linked>;
  /** What a machine measures now, for who looks at it live. */
  live(frame: VisitFrame): Promise<{ on: boolean }>;
  /** Something of the hub's log: `checkpoint`, `vkey`, `witnesses` or a tile. */
  log(path: string): Promise<Uint8Array>;
};

const timeoutMs = 15_000;
/** A hub that asks for more than this is not believed. */
const longestWaitS = 600;

/** The hub answered, and said no; and perhaps when to come again (RFC 9110 §10.2.3). */
export class HubRefused extends WaysideError {
  readonly waitMs: number;
  constructor(code: 'unauthorized' | 'conflict' | 'unavailable', message: string, waitMs: number) {
    super(code, message);
    this.waitMs = waitMs;
  }
}

export function createHubDoor(url: string, token: string, fetcher: typeof fetch = fetch): HubDoor {
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetcher(new URL(path, url), {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...(init.body ? { 'content-type': 'application/json' } : {}) },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.ok) return response;
    const problem = (await response.json().catch(() => ({}))) as { detail?: string; code?: string };
    const denied = response.status === 401 || response.status === 403;
    const wait = Number(response.headers.get('retry-after'));
    throw new HubRefused(
      denied ? 'unauthorized' : response.status === 409 ? 'conflict' : 'unavailable',
      `The hub answered ${response.status}: ${problem.detail ?? problem.code ?? 'no reason given'}`,
      wait > 0 && wait <= longestWaitS ? wait * 1_000 : 0,
    );
  }
  const call = async (path: string, init?: RequestInit): Promise<unknown> => (await ask(path, init)).json();
  return {
    url,
    token,
    up: async (batch) =>
      check(upAcknowledgment, await call('/v1/sync/up', { method: 'POST', body: JSON.stringify(batch) }), 'acknowledgment'),
    offerLink: async (offer) =>
      check(linkCode, await call('/v1/sync/people/offers', { method: 'POST', body: JSON.stringify(offer) }), 'code'),
    claimLink: async (code) =>
      check(linked, await call('/v1/sync/people/claims', { method: 'POST', body: JSON.stringify({ code }) }), 'link'),
    down: async (after, limit, mark) =>
      check(
        downBatch,
        await call(`/v1/sync/down?after=${after}&limit=${limit}${mark === undefined ? '' : `&mark=${mark}`}`),
        'batch from the hub',
      ),
    live: async (frame) =>
      check(visitAnswer, await call('/v1/sync/live', { method: 'POST', body: JSON.stringify(frame) }), 'answer to a frame'),
    log: async (path) => new Uint8Array(await (await ask(`/v1/record/log/${path}`)).arrayBuffer()),
  };
}
