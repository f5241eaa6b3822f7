import { randomUUID } from 'node:crypto';
import type { Value } from '@wayside/protocol';
import { WebSocket } from 'ws';
import type { Tell } from './adapters/passed-over.ts';
import { type Leaf, leavesOf } from './viss-metadata.ts';

export type VissNews = {
  /** What can be read there; told once, before the first value. */
  tree(leaves: readonly Leaf[]): void;
  /** Values of one moment; `at` is an RFC 3339 time, or undefined when none was told. */
  values(at: string | undefined, signals: Record<string, Value>): void;
  /** Told of a signal, by its path, that is passed over: it may not be read, or the like. */
  passedOver: Tell;
  /** It is over, for whatever reason. Nothing follows. */
  end(why: string): void;
};

export type VissConnection = {
  /** Sets an actuator (W3C core, clause 5.2: `set`). @returns why the server did not, or undefined when it took it */
  set(path: string, value: string): Promise<string | undefined>;
  /** Ends it; then nothing more is told. */
  end(): void;
};

/** What comes within this time is one message, ms. */
const gatherMs = 100;
const connectMs = 10_000;
/** A server that does not answer has not set anything, as far as we know. */
const setMs = 5_000;
const treeMs = 30_000;
const mostBytes = 8 << 20;

/**
 * One connection to a server of VISS version 2 (W3C, "VISS version 2 — Transport", chapter 5: WebSocket): asks for its tree, subscribes to every leaf and tells
 * what comes. It sets only what it is told to, one actuator at a time.
 */
export function openViss(url: string, token: string | undefined, news: VissNews): VissConnection {
  const socket = new WebSocket(url, { handshakeTimeout: connectMs, maxPayload: mostBytes });
  const tree = randomUUID();
  let leaves = new Map<string, Leaf>();
  let gathered = new Map<string, Record<string, Value>>();
  let gathering: NodeJS.Timeout | undefined;
  let reason = 'the connection ended';
  const asked = new Map<string, (error: string | undefined) => void>();
  /** Which signal was asked for, by request. */
  const subscribing = new Map<string, string>();

  const ask = (request: Record<string, unknown>) =>
    socket.send(JSON.stringify({ requestId: randomUUID(), ...(token ? { authorization: token } : {}), ...request }));
  const give = (why: string) => {
    reason = why;
    socket.terminate();
  };
  const impatient = setTimeout(() => give(`it tells no tree within ${treeMs / 1_000} s`), connectMs + treeMs);

  const giveUp = () => {
    for (const answered of [...asked.values()]) answered('the connection ended');
  };

  function takeTree(metadata: unknown): void {
    clearTimeout(impatient);
    const found = leavesOf(metadata, news.passedOver);
    leaves = new Map(found.map((leaf) => [leaf.path, leaf]));
    if (found.length === 0) give('its tree has nothing that can be read');
    else news.tree(found);
    for (const path of leaves.keys()) {
      const requestId = randomUUID();
      subscribing.set(requestId, path);
      ask({ action: 'subscribe', path, requestId });
    }
  }

  function takeData(data: unknown): void {
    for (const one of [data].flat()) {
      const { path, dp } = (one ?? {}) as { path?: unknown; dp?: { value?: unknown; ts?: unknown } };
      // Clause 5.1.1 of the core: a path may be written with slashes, too.
      const name = String(path).replaceAll('/', '.');
      const value = leaves.get(name)?.read(dp?.value);
      if (value === undefined) continue;
      const at = typeof dp?.ts === 'string' && !Number.isNaN(Date.parse(dp.ts)) ? new Date(dp.ts).toISOString() : '';
      gathered.set(at, { ...gathered.get(at), [name]: value });
      gathering ??= setTimeout(flush, gatherMs);
    }
  }

  function flush(): void {
    clearTimeout(gathering);
    gathering = undefined;
    const now = gathered;
    gathered = new Map();
    for (const [at, signals] of now) news.values(at === '' ? undefined : at, signals);
  }

  socket.on('open', () => ask({ action: 'get', path: 'Vehicle', filter: { type: 'static-metadata', parameter: [] }, requestId: tree }));
  socket.on('message', (raw) => {
    const { action, requestId, metadata, data, error } = parsed(String(raw));
    if (requestId === tree && metadata === undefined) give(`it does not tell its tree (${wordsOf(error)})`);
    else if (requestId === tree) takeTree(metadata);
    else if (action === 'set') asked.get(String(requestId))?.(error === undefined ? undefined : wordsOf(error));
    else if (data !== undefined) takeData(data);
    else if (error !== undefined && action === 'subscribe')
      news.passedOver(subscribing.get(String(requestId)) ?? 'Vehicle', `it cannot be subscribed to: ${wordsOf(error)}`);
  });
  socket.on('error', (error) => {
    reason = error.message;
  });
  socket.on('close', () => {
    clearTimeout(impatient);
    flush();
    giveUp();
    news.end(reason);
  });

  return {
    set(path, value) {
      if (socket.readyState !== WebSocket.OPEN) return Promise.resolve('the server is away');
      const requestId = randomUUID();
      return new Promise((resolve) => {
        const answered = (error: string | undefined) => {
          clearTimeout(timer);
          asked.delete(requestId);
          resolve(error);
        };
        const timer = setTimeout(() => answered('the server did not answer'), setMs);
        asked.set(requestId, answered);
        ask({ action: 'set', path, value, requestId });
      });
    },
    end() {
      clearTimeout(impatient);
      clearTimeout(gathering);
      socket.removeAllListeners('close').removeAllListeners('message').terminate();
      giveUp();
    },
  };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null ? (message as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const wordsOf = (error: unknown): string => JSON.stringify(error ?? 'no reason given').slice(0, 200);
