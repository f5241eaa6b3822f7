import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Running<Ready> = { ready: Ready; pid: number; stop(): Promise<void> };

/** Starts a script of this folder as a process of its own; `ready` is the first line of JSON it prints. */
export function startPeer<Ready>(script: string, args: readonly string[] = []): Promise<Running<Ready>> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, script), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) =>
      resolve({
        ready: JSON.parse(line) as Ready,
        pid: child.pid!,
        async stop() {
          child.kill('SIGTERM');
          await gone;
        },
      }),
    );
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code} before it was ready`)));
  });
}
