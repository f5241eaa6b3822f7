import { createServer, type Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What can go wrong with a connection. */
export const faults = ['latency', 'rate', 'cut', 'half-open', 'reset', 'black-hole', 'stalled-reader'] as const;
export type Fault = (typeof faults)[number];

/** Where in the talk of edge and hub: in the middle of a question or of its answer, and while nothing is said. */
export const phases = ['connect', 'up', 'up-answer', 'down', 'down-answer', 'wake', 'wake-answer', 'wake-idle'] as const;
export type Phase = (typeof phases)[number];

type Pair = { near: Socket; far: Socket; talk: string };

export type Proxy = {
  start(): Promise<number>;
  /** To this port of this machine. */
  aim(port: number): void;
  /** The next time this phase comes, this happens. Resolves when it has. */
  strike(fault: Fault, phase: Phase): Promise<void>;
  stop(): Promise<void>;
};

/** How long a slow way is slow. */
const slowMs = 1_500;

/** Stands between an edge and its hub, in this process, and harms one connection at a chosen moment. */
export function createProxy(): Proxy {
  let port = 0;
  let armed: { fault: Fault; phase: Phase; struck(): void } | undefined;
  const pairs = new Set<Pair>();

  /** Whether it is time; if so, it is disarmed. */
  function due(phase: string): Fault | undefined {
    if (armed?.phase !== phase) return undefined;
    const { fault, struck } = armed;
    armed = undefined;
    struck();
    return fault;
  }

  /** Does the harm. @returns whether bytes go on flowing this way */
  async function harm(fault: Fault, { near, far }: Pair, chunk: Buffer, to: Socket, from: Socket): Promise<boolean> {
    const half = chunk.subarray(0, chunk.length >> 1);
    switch (fault) {
      case 'latency':
        await sleep(slowMs);
        to.write(chunk);
        return true;
      case 'rate': {
        const piece = Math.ceil(chunk.length / 10);
        for (let i = 0; i < chunk.length; i += piece) {
          to.write(chunk.subarray(i, i + piece));
          await sleep(slowMs / 10);
        }
        return true;
      }
      case 'cut':
        to.write(half);
        near.end();
        far.end();
        return false;
      case 'reset':
        to.write(half);
        near.resetAndDestroy();
        far.resetAndDestroy();
        return false;
      case 'half-open':
        // The hub's end is gone, and the edge's never hears of it.
        far.destroy();
        from.resume();
        return false;
      case 'black-hole':
        from.resume();
        return false;
      case 'stalled-reader':
        to.write(half);
        from.pause();
        return false;
    }
  }

  async function pump(pair: Pair, from: Socket, to: Socket, isAnswer: boolean): Promise<void> {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      // What is no question is more of the one before, or a frame in an open socket.
      const asks = isAnswer ? null : /^[A-Z]+ \/(?:v1\/sync\/(up|down|wake))?/.exec(chunk.toString('latin1', 0, 60));
      if (asks) pair.talk = asks[1] ?? 'other';
      const fault = due(isAnswer ? `${pair.talk}-answer` : pair.talk);
      if (fault) {
        if (!(await harm(fault, pair, chunk, to, from))) return holdOpen(from);
      } else if (!to.write(chunk)) await new Promise((drained) => to.once('drain', drained).once('close', drained));
    }
    to.end();
  }

  /** Leaving the loop over a socket ends the socket; here it is to stay as it is. */
  const holdOpen = (socket: Socket): Promise<void> => new Promise((done) => socket.once('close', () => done()));

  function accept(near: Socket): void {
    const far = new Socket();
    const pair: Pair = { near, far, talk: 'other' };
    pairs.add(pair);
    for (const socket of [near, far])
      socket
        .on('error', () => {})
        .on('close', () => {
          if (near.destroyed && far.destroyed) pairs.delete(pair);
        });
    const fault = due('connect');
    if (fault === 'cut') return void near.end();
    if (fault === 'reset') return void near.resetAndDestroy();
    if (fault && fault !== 'latency' && fault !== 'rate') return void (fault === 'stalled-reader' ? near.pause() : near.resume());
    const begin = () => {
      far.connect(port, '127.0.0.1');
      far.on('error', () => near.destroy());
      void pump(pair, near, far, false).catch(() => far.destroy());
      void pump(pair, far, near, true).catch(() => near.destroy());
    };
    if (fault) setTimeout(begin, slowMs);
    else begin();
  }

  const server: Server = createServer({ allowHalfOpen: true }, accept);
  return {
    start: () => new Promise((up) => server.listen(0, '127.0.0.1', () => up((server.address() as { port: number }).port))),
    aim: (to) => {
      port = to;
    },
    strike(fault, phase) {
      const done = new Promise<void>((struck) => {
        armed = { fault, phase, struck };
      });
      // Who keeps a connection must make another for this, as for a socket that stands; who holds one open in silence is harmed in that.
      for (const { near, talk } of pairs)
        if (phase === 'connect' || (talk === 'wake' && phase !== 'wake-idle' && phase.startsWith('wake'))) near.destroy();
      if (phase === 'wake-idle') {
        const look = setInterval(() => {
          const idle = [...pairs].filter(({ talk, near }) => talk === 'wake' && !near.destroyed);
          if (idle.length === 0) return;
          clearInterval(look);
          const now = due(phase);
          if (now) for (const pair of idle) void harm(now, pair, Buffer.alloc(0), pair.near, pair.far);
        }, 20);
        void done.then(() => clearInterval(look));
        look.unref();
      }
      return done;
    },
    async stop() {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      await new Promise((down) => server.close(down));
    },
  };
}
