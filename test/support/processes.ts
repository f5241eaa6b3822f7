import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../..');

/** The command as users run it; `set-up.ts` has made it of the sources as they are. */
export const program = join(root, 'cli/dist/wayside.cjs');

/** A `wayside …` command as a real process, which can be killed. `ready` is what `--json` printed. */
export type Wayside<Ready> = { ready: Ready; process: ChildProcess; stderr(): string; kill(): Promise<void>; stop(): Promise<void> };

export function wayside<Ready>(args: string[], env: NodeJS.ProcessEnv = {}, nodeArgs: readonly string[] = []): Promise<Wayside<Ready>> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...nodeArgs, program, ...args, '--json'], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr = (stderr + data).slice(-20_000);
  });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await gone;
  };
  return new Promise((done, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => {
      done({
        ready: JSON.parse(line) as Ready,
        process: child,
        stderr: () => stderr,
        kill: () => end('SIGKILL'),
        stop: () => end('SIGTERM'),
      });
    });
    child.once('exit', (code, signal) =>
      reject(new Error(`wayside ${args.join(' ')} ended with ${code ?? signal} before it was ready:\n${stderr}`)),
    );
  });
}
