import { spawn } from 'node:child_process';

/** How a program ended; `undefined` when there is no such program here. `said` is the end of its output, for messages. */
export type Ran = { code: number; said: string } | undefined;
export type RunProgram = (
  program: string,
  args: string[],
  options?: { env?: Record<string, string>; signal?: AbortSignal | undefined },
) => Promise<Ran>;

/** Runs a program without a shell and waits for its end. Rejects only when it was aborted or cannot be started for a reason other than being absent. */
export const runProgram: RunProgram = (program, args, { env, signal } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal ? { signal } : {}),
    });
    let said = '';
    const keep = (text: string) => {
      said = (said + text).slice(-4000);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? resolve(undefined) : reject(error)));
    child.once('close', (code) => resolve({ code: code ?? 1, said }));
  });

/** The one line of a program's output that says why it failed. */
export function lastComplaint(said: string): string {
  const lines = said
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return (lines.findLast((line) => /error|cannot|could not|not found|failed/i.test(line)) ?? lines.at(-1) ?? 'no reason given').slice(
    0,
    300,
  );
}
