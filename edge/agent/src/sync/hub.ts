import {
  certified,
  type DownBatch,
  downBatch,
  type KnownAtHub,
  knownAtHub,
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
import { type Credential, newKey, proofOf, standing } from './credential.ts';
import { createHubLine, type HubLine, tlsOf } from './hub-line.ts';
import { createPace } from './pace.ts';

/** The hub as the edge sees it. */
export type HubDoor = {
  readonly url: string;
  /** How a wake socket is opened: headers, and what is shown in TLS. */
  proof(path: string): { headers: Record<string, string>; key?: string | Buffer; cert?: string };
  /** How it stands with what this edge shows, by the hub's clock; undefined before the hub has told its time. */
  standing(): ReturnType<typeof standing> | undefined;
  /** Changes what this edge shows for the next certificate. @param keep has it on disk when it resolves */
  renew(edge: string, keep: (fresh: Credential) => Promise<void>): Promise<void>;
  up(batch: UpBatch): Promise<UpAcknowledgment>;
  /** So many bytes the next batch may have, as the line is: it keeps nobody waiting for long. */
  room(): number;
  /** @param mark when the envelope `after` was of; a hub that does not know it was put back */
  down(after: number, limit: number, mark?: number): Promise<DownBatch>;
  /** A one-time code with which another edge joins one of this edge's people. @throws WaysideError `conflict` before they share */
  offerLink(offer: z.input<typeof linkOffer>): Promise<{ code: string; expiresAt: number }>;
  claimLink(code: string): Promise<Linked>;
  /** All it holds of one of this edge's people beyond what is here. */
  aboutPerson(person: string): Promise<KnownAtHub>;
  /** What a machine measures now, for who looks at it live. */
  live(frame: VisitFrame): Promise<{ on: boolean }>;
  /** A file of the signed updates, such as `timestamp.json`, as it comes. @throws HubRefused with 404 when there is none */
  update(path: string): Promise<ReadableStream<Uint8Array>>;
  /** A picture of an article, by its hash; undefined when the hub does not have it. */
  picture(hash: string): Promise<Uint8Array | undefined>;
  /** Something of the hub's log: `checkpoint`, `vkey`, `witnesses` or a tile. */
  log(path: string): Promise<Uint8Array>;
};

const timeoutMs = 15_000;
/** A record that is larger than a batch is to be has so much more time, in bytes per ms: the slowest line that is any use. */
const slowestLine = 2;
/** A pack may be large, and the line slow. What trickles longer than this is given up. */
const updateTimeoutMs = 300_000;
const pictureTimeoutMs = 60_000;
/** A hub that asks for more than this is not believed. */
const longestWaitMs = 600_000;

/** The hub answered, and said no; and perhaps when to come again (RFC 9110 §10.2.3). */
export class HubRefused extends WaysideError {
  readonly waitMs: number;
  readonly status: number;
  constructor(code: 'unauthorized' | 'conflict' | 'unavailable', message: string, waitMs: number, status: number) {
    super(code, message);
    this.waitMs = waitMs;
    this.status = status;
  }
}

/** In ms. It is said in seconds, or as the time on the hub's clock. */
function waitOf(retryAfter: string | null, hubNow: number): number {
  const seconds = Number(retryAfter ?? 0);
  const wait = Number.isNaN(seconds) ? Date.parse(retryAfter as string) - hubNow : seconds * 1_000;
  return wait > 0 && wait <= longestWaitMs ? wait : 0;
}

/** A clock that is wrong by more than this makes signatures of another minute. */
const noticedMs = 20_000;

export function createHubDoor(
  url: string,
  credential: Credential,
  { line, now = Date.now }: { line?: HubLine; now?: () => number } = {},
): HubDoor {
  let shown = credential;
  let way = line;
  // Signatures tell the time on the hub's clock, since a car's may be at 1970.
  let ahead = 0;
  let met = false;
  const pace = createPace();
  const hubNow = () => now() + ahead;

  /** @returns whether it was wrong */
  function setClock(response: Response): boolean {
    const told = Date.parse(response.headers.get('date') ?? '') - now();
    met ||= !Number.isNaN(told);
    if (!(Math.abs(told - ahead) > noticedMs)) return false;
    ahead = told;
    return true;
  }

  async function send(path: string, method: string, body: string | undefined, patienceMs: number): Promise<Response> {
    const target = new URL(path, url);
    way ??= createHubLine(url, shown);
    return way(target, {
      method,
      body,
      headers: {
        ...proofOf(shown, method, target, body, hubNow()),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(patienceMs),
    });
  }

  async function ask(
    path: string,
    { method = 'GET', body, patienceMs = timeoutMs }: { method?: string; body?: string; patienceMs?: number } = {},
  ): Promise<Response> {
    let response = await send(path, method, body, patienceMs);
    if (setClock(response) && response.status === 401) {
      await response.body?.cancel();
      response = await send(path, method, body, patienceMs);
    }
    if (response.ok) return response;
    const problem = (await response.json().catch(() => ({}))) as { detail?: string; code?: string };
    const denied = response.status === 401 || response.status === 403;
    throw new HubRefused(
      denied ? 'unauthorized' : response.status === 409 ? 'conflict' : 'unavailable',
      `The hub answered ${response.status}: ${problem.detail ?? problem.code ?? 'no reason given'}`,
      waitOf(response.headers.get('retry-after'), hubNow()),
      response.status,
    );
  }
  const call = async (path: string, init?: { method: string; body: string; patienceMs?: number }): Promise<unknown> =>
    (await ask(path, init)).json();

  async function up(batch: UpBatch): Promise<UpAcknowledgment> {
    const body = JSON.stringify(batch);
    const size = Buffer.byteLength(body);
    const began = performance.now();
    const patienceMs = timeoutMs + Math.ceil(Math.max(0, size - pace.room()) / slowestLine);
    try {
      const answer = check(upAcknowledgment, await call('/v1/sync/up', { method: 'POST', body, patienceMs }), 'acknowledgment');
      pace.went(size, performance.now() - began - (answer.tookMs ?? 0));
      return answer;
    } catch (error) {
      if (!(error instanceof WaysideError)) pace.failed();
      throw error;
    }
  }
  return {
    url,
    proof: (path) => ({
      headers: proofOf(shown, 'GET', new URL(path, url), undefined, hubNow()),
      ...tlsOf(shown),
    }),
    // Until then only this machine's clock would tell, and that may stand at 1970.
    standing: () => (met ? standing(shown, hubNow()) : undefined),
    async renew(edge, keep) {
      const key = newKey(edge);
      const answer = await call('/v1/sync/certificate', { method: 'POST', body: JSON.stringify({ csr: key.csr }) });
      const fresh = key.with(check(certified, answer, 'certificate').certificate);
      await keep(fresh);
      shown = fresh;
      way = line;
    },
    up,
    room: pace.room,
    offerLink: async (offer) =>
      check(linkCode, await call('/v1/sync/people/offers', { method: 'POST', body: JSON.stringify(offer) }), 'code'),
    claimLink: async (code) =>
      check(linked, await call('/v1/sync/people/claims', { method: 'POST', body: JSON.stringify({ code }) }), 'link'),
    aboutPerson: async (person) =>
      check(knownAtHub, await call('/v1/sync/people/about', { method: 'POST', body: JSON.stringify({ person }) }), 'what the hub knows'),
    async down(after, limit, mark) {
      const began = performance.now();
      const answer = await call(`/v1/sync/down?after=${after}&limit=${limit}${mark === undefined ? '' : `&mark=${mark}`}`);
      pace.asked(performance.now() - began);
      return check(downBatch, answer, 'batch from the hub');
    },
    live: async (frame) =>
      check(visitAnswer, await call('/v1/sync/live', { method: 'POST', body: JSON.stringify(frame) }), 'answer to a frame'),
    async update(path) {
      const { body } = await ask(`/v1/sync/updates/${path}`, { patienceMs: updateTimeoutMs });
      return body ?? new Blob([]).stream();
    },
    async picture(hash) {
      const got = await ask(`/v1/sync/pictures/${hash}`, { patienceMs: pictureTimeoutMs }).catch((error: unknown) => {
        if (error instanceof HubRefused && error.status === 404) return undefined;
        throw error;
      });
      return got && new Uint8Array(await got.arrayBuffer());
    },
    log: async (path) => new Uint8Array(await (await ask(`/v1/record/log/${path}`)).arrayBuffer()),
  };
}
