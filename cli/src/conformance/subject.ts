import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Value } from '@wayside/protocol';

/** How a device program under test is begun. */
export type Launch = { command: string; args: string[]; cwd?: string; env?: Record<string, string> };

/** What the suite asks of the program: one line of JSON each, answered by one line. docs/conformance.md */
export type Ask =
  | { do: 'publish'; signals: Record<string, Value>; at?: number }
  | { do: 'publish-nan' }
  | { do: 'dtc'; code: string; state: 'pending' | 'confirmed' | 'cleared'; freezeFrame?: Record<string, Value> }
  | { do: 'event'; kind: string; name: string }
  | { do: 'state' }
  | { do: 'stop' };

/** `ok` false: refused, with the reason. `runs`: how many commands were carried out. */
export type Reply = { ok: boolean; why?: string; connected?: boolean; buffered?: number; dropped?: number; runs?: number };

/** A device program that runs. */
export type Subject = {
  /** @throws Error when no line of JSON comes back in time, or the program has ended */
  ask(what: Ask, within?: number): Promise<Reply>;
  /** As `ask`, where anything but `ok` is a failure. */
  mustDo(what: Ask): Promise<Reply>;
  isAlive(): boolean;
  /** Its exit code, once it ends by itself. */
  ended(within: number): Promise<number | null>;
  kill(): Promise<void>;
};

/** Begins the program. What it writes to stderr is kept for the report of a failure. */
export function startSubject({ command, args, cwd, env }: Launch, given: Record<string, string>): Subject {
  const child: ChildProcess = spawn(command, args, {
    ...(cwd ? { cwd } : {}),
    env: { ...process.env, ...env, ...given },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const waiting: ((reply: Reply) => void)[] = [];
  let [tail, alive] = ['', true];
  let failure: Error | undefined;
  child.stderr?.on('data', (data) => {
    tail = (tail + data).slice(-2_000);
  });
  child.stdin?.on('error', () => {});
  child.once('error', (error) => {
    failure = error;
  });
  const gone = new Promise<number | null>((done) => {
    child.once('close', (code) => done(code));
    child.once('error', () => done(null));
  }).finally(() => {
    alive = false;
  });
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const reply = replyIn(line);
    if (reply) waiting.shift()?.(reply);
  });
  const because = () => (failure ? `: ${failure.message}` : tail ? `. It said: ${tail.trim().slice(-600)}` : '');

  // Long, for a machine that is busy with other things: begun anew, a program has to load first.
  const ask = (what: Ask, within = 40_000) =>
    new Promise<Reply>((done, fail) => {
      if (!alive) return fail(new Error(`the program has ended${because()}`));
      const late = setTimeout(() => fail(new Error(`no answer to ${what.do} within ${within / 1_000} s${because()}`)), within);
      waiting.push((reply) => {
        clearTimeout(late);
        done(reply);
      });
      void gone.then(() => {
        clearTimeout(late);
        fail(new Error(`the program ended instead of answering ${what.do}${because()}`));
      });
      child.stdin?.write(`${JSON.stringify(what)}\n`);
    });

  return {
    ask,
    async mustDo(what) {
      const reply = await ask(what);
      if (!reply.ok) throw new Error(`${what.do} was refused: ${reply.why ?? 'without a reason'}`);
      return reply;
    },
    isAlive: () => alive,
    ended: (within) =>
      Promise.race([gone, new Promise<never>((_, fail) => setTimeout(() => fail(new Error('the program did not end')), within).unref())]),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function replyIn(line: string): Reply | undefined {
  try {
    const said = JSON.parse(line) as Reply;
    return typeof said?.ok === 'boolean' ? said : undefined;
  } catch {
    return undefined;
  }
}
