import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Running<Ready> = {
  ready: Ready;
  pid: number;
  /** Says a line to it. */
  say(line: string): void;
  /** The next line of JSON it prints. */
  hear<Said>(): Promise<Said>;
  stop(): Promise<void>;
};

/** Starts a script of this folder as a process of its own; `ready` is the first line of JSON it prints. */
export async function startPeer<Ready>(script: string, args: readonly string[] = []): Promise<Running<Ready>> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, script), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const hear = async <Said>(): Promise<Said> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${script} ended and said nothing more`);
    return JSON.parse(value) as Said;
  };
  return {
    ready: await hear<Ready>(),
    pid: child.pid!,
    say: (line) => void child.stdin.write(`${line}\n`),
    hear,
    async stop() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
