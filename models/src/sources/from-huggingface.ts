import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { WaysideError } from '@wayside/protocol';
import type { Source } from '../catalog.ts';
import { asStorageFull, type SourceContext, tooLong } from './source-context.ts';

/** Attempts in a row that brought nothing, after which the host counts as unreachable. */
const attempts = 4;
/** A connection that delivers nothing for this long is given up and resumed, in milliseconds. */
const stallMs = 30_000;

const sizeOf = (path: string) =>
  stat(path).then(
    (found) => found.size,
    () => 0,
  );

/** One request, from where the partial file ends (RFC 9110 §14.2). Returns when the body has ended, whole or not. */
async function request(url: string, context: SourceContext): Promise<void> {
  const from = await sizeOf(context.partial);
  if (from === context.bytes) return;
  const stalled = new AbortController();
  const signal = context.signal ? AbortSignal.any([context.signal, stalled.signal]) : stalled.signal;
  let timer = setTimeout(() => stalled.abort(new Error('no data')), stallMs);
  try {
    const response = await context.fetch(url, { signal, headers: from > 0 ? { range: `bytes=${from}-` } : {} });
    if (response.status === 416) {
      await rm(context.partial, { force: true });
      throw new Error('what was here did not fit');
    }
    if (!response.ok || !response.body) {
      const final = response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429;
      const what = `The model host answered ${response.status} for ${url}.`;
      throw final ? new WaysideError(response.status === 404 ? 'not-found' : 'unavailable', what, { retryable: false }) : new Error(what);
    }
    // 200 to a ranged request means the host sends the whole file again.
    const appending = response.status === 206;
    let received = appending ? from : 0;
    let broke: unknown;
    const counted = async function* (body: AsyncIterable<Uint8Array>) {
      try {
        for await (const chunk of body) {
          clearTimeout(timer);
          timer = setTimeout(() => stalled.abort(new Error('no data')), stallMs);
          received += chunk.length;
          if (received > context.bytes) throw tooLong(context.bytes);
          context.onProgress(received);
          yield chunk;
        }
      } catch (error) {
        // Ending here instead of failing lets what arrived reach the disk, where the next attempt goes on from it.
        broke = error;
      }
    };
    await pipeline(Readable.fromWeb(response.body as never), counted, createWriteStream(context.partial, { flags: appending ? 'a' : 'w' }));
    if (broke) throw broke;
  } finally {
    clearTimeout(timer);
  }
}

/** Delivers a file from a Hugging Face compatible host, resuming after each break from the byte that is missing. */
export async function fetchFromHuggingface(source: Extract<Source, { kind: 'huggingface' }>, context: SourceContext): Promise<void> {
  const url = `${context.hfEndpoint.replace(/\/+$/, '')}/${source.repo}/resolve/${source.revision}/${source.path}`;
  let last: unknown;
  let reached = await sizeOf(context.partial);
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      if (attempt > 0) await pause(250 * 2 ** attempt, undefined, { signal: context.signal });
      await request(url, context);
      if ((await sizeOf(context.partial)) >= context.bytes) return;
      last = new Error('the connection ended early');
    } catch (error) {
      const full = asStorageFull(error);
      if (full || error instanceof WaysideError || context.signal?.aborted) throw full ?? error;
      last = error;
    }
    const now = await sizeOf(context.partial);
    if (now > reached) [reached, attempt] = [now, 0];
  }
  throw new WaysideError(
    'unavailable',
    `The model host could not be reached or broke off (${url}). What arrived is kept; try again when the network is back, or set HF_ENDPOINT to a mirror.`,
    { cause: last },
  );
}
