import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ModelProcess, startModelProcess } from '../model-process.ts';
import type { FromEmbed, ToEmbed } from './embed-messages.ts';
import type { Embedded, Embedder } from './embedder.ts';

export type E5Options = {
  /** The model to load, asked for at each cold start, so one that is pulled later is found. */
  model: () => { id: string; path: string } | undefined;
  /** Milliseconds, of any clock that only goes forward. */
  now: () => number;
  /** News for the log; never an error to handle. */
  onNews?: (news: { kind: 'loaded'; ms: number } | { kind: 'ended'; why: string }) => void;
};

const script = fileURLToPath(new URL('./embed-process.ts', import.meta.url));
/** The vectors of so many texts that lie one behind the other. */
function cut(joined: Float32Array, texts: number): Float32Array[] {
  const width = joined.length / texts;
  return Array.from({ length: texts }, (_, n) => joined.subarray(n * width, (n + 1) * width));
}
/** Wait before the second, third, … start in a row that ended badly, in milliseconds. */
const backoffMs = (crashes: number) => Math.min(60_000, 500 * 2 ** crashes);
/** As many orders may wait; with more, the process has hung or words come faster than it can read. */
const mostWaiting = 64;

const unavailable = (reason: 'no-model' | 'deadline' | 'crashed'): Embedded => ({ kind: 'unavailable', reason });

/**
 * A local e5 model behind the Embedder port, in a process of its own. A deadline is answered on the spot; if the process dies, what waits
 * comes back as `crashed`, and a later request starts another.
 */
export function createE5Embedder({ model, now, onNews }: E5Options): Embedder {
  let child: ModelProcess<ToEmbed> | undefined;
  let ready = false;
  let crashes = 0;
  let notBefore = 0;
  let orders = 0;
  const waiting = new Map<number, (embedded: Embedded) => void>();

  const modelHere = () => {
    const found = model();
    return found && existsSync(found.path) ? found : undefined;
  };
  function settleAll(embedded: Embedded): void {
    for (const settle of waiting.values()) settle(embedded);
    waiting.clear();
  }
  function hear(message: FromEmbed): void {
    if (message.did === 'load') {
      [ready, crashes] = [true, 0];
      onNews?.({ kind: 'loaded', ms: message.ms });
    }
    if (!('id' in message)) return;
    const settle = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.did === 'break') settle?.(unavailable('crashed'));
    else settle?.({ kind: 'vectors', vectors: [message.vectors], inner: [message.inner] });
  }
  function started(): ModelProcess<ToEmbed> | 'no-model' | 'crashed' {
    if (child) return child;
    const here = modelHere();
    if (!here) return 'no-model';
    if (now() < notBefore) return 'crashed';
    const own = startModelProcess<ToEmbed, FromEmbed>({
      script,
      args: [here.path],
      onMessage: (message) => {
        if (child === own) hear(message);
      },
      onEnd: ({ why }) => {
        if (child !== own) return;
        [child, ready] = [undefined, false];
        notBefore = now() + backoffMs(++crashes);
        onNews?.({ kind: 'ended', why });
        settleAll(unavailable('crashed'));
      },
    });
    child = own;
    return own;
  }

  return {
    name: 'e5',
    model: () => modelHere()?.id,
    warm: () => void started(),
    async embed({ texts, as, deadlineMs }) {
      if (texts.length === 0) return { kind: 'vectors', vectors: [] };
      const process = started();
      if (typeof process === 'string') return unavailable(process);
      if (deadlineMs <= 0 || waiting.size >= mostWaiting) return unavailable('deadline');
      const id = ++orders;
      const answer = Promise.withResolvers<Embedded>();
      waiting.set(id, answer.resolve);
      const timer = setTimeout(() => {
        waiting.delete(id);
        answer.resolve(unavailable('deadline'));
      }, deadlineMs);
      process.send({ do: 'embed', id, texts: [...texts], as });
      const embedded = await answer.promise;
      clearTimeout(timer);
      if (embedded.kind !== 'vectors') return embedded;
      const [vectors, inner] = [embedded.vectors, embedded.inner].map((joined) => cut(joined![0]!, texts.length));
      return { kind: 'vectors', vectors: vectors!, inner: inner! };
    },
    async stop() {
      const closing = child;
      [child, ready, crashes, notBefore] = [undefined, false, 0, 0];
      settleAll(unavailable('crashed'));
      await closing?.close();
    },
    stats: () => ({
      state: child === undefined ? 'off' : ready ? 'ready' : 'loading',
      ...(child?.pid === undefined ? {} : { pid: child.pid }),
      ...(modelHere() ? { model: modelHere()!.id } : {}),
    }),
  };
}
