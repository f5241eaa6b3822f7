import { openSync, readFileSync, writeSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { constants } from 'node:os';
import { WaysideError } from '@wayside/protocol';
import { liveAsEdge } from './edge-life.ts';
import { liveAsHub } from './hub-life.ts';

/** Whose disk fails and how: when it is written to or when it is read, with which error, how often one after the other, and whether the first write that fails is torn. */
export type Failure = { of: 'edge' | 'hub'; reads: boolean; error: 'ENOSPC' | 'EIO'; times: number; torn: boolean };
export type Life = {
  /** Calls that the disk could have failed. */
  calls: number;
  failed: number;
  /** Records acknowledged to a person. */
  saved: number;
  /** Acts that were refused, and in which words. */
  refused: { act: string; code: string; message: string }[];
  wrong: string[];
};

/** What the one who lives has: acts that may be refused and are tried again, and a judge. */
export type Living = {
  folder: string;
  saved: Set<string>;
  act(name: string, what: () => Promise<unknown>): Promise<void>;
  wrong(what: string): void;
  /** How often something was refused so far. */
  refusals(): number;
  /** The disk is well from now on. */
  mend(): void;
};

/** An act that is refused so often finds the disk well the next time, and then must be done. */
const patience = 3;

/** Somebody lives on a disk of which the call after `until` fails. @param control of failing-disk.c */
export async function live(folder: string, control: number, until: number, { of, reads, error, times, torn }: Failure): Promise<Life> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const life: Life = { calls: 0, failed: 0, saved: 0, refused: [], wrong: [] };
  const saved = new Set<string>();
  const mend = () => void writeSync(control, Int32Array.of(-1), 0, 4, 0);

  async function act(name: string, what: () => Promise<unknown>): Promise<void> {
    for (let left = patience; ; left--) {
      try {
        await what();
        return;
      } catch (refusal) {
        const { code, message } = refusal as WaysideError;
        life.refused.push({ act: name, code: String(code), message });
        if (!isClear(refusal)) life.wrong.push(`${name}: not in clear words: ${(refusal as Error).stack}`);
        if (left === 1) mend();
        if (left === 0) throw new Error(`${name}: does not go on when the disk is well: ${message}`);
      }
    }
  }

  writeSync(control, Int32Array.of(until, constants.errno[error], times, torn ? 1 : 0, 0, 0, reads ? 1 : 0), 0, 28, 0);
  try {
    const wrong = (what: string) => void life.wrong.push(what);
    const refusals = () => life.refused.length;
    await (of === 'hub' ? liveAsHub : liveAsEdge)({ folder, saved, act, wrong, refusals, mend });
  } catch (thrown) {
    life.wrong.push((thrown as Error).stack ?? String(thrown));
  }
  mend();
  const { buffer } = Uint8Array.from(readFileSync(process.env.FAILING_DISK_CONTROL as string));
  const [, , , , calls, failed] = new Int32Array(buffer);
  return { ...life, calls: calls ?? 0, failed: failed ?? 0, saved: saved.size };
}

/** What a person is told: our own words, or the system's about one file. */
const isClear = (refusal: unknown): boolean =>
  refusal instanceof WaysideError || ['ENOSPC', 'EIO'].includes((refusal as NodeJS.ErrnoException).code ?? '');

if (process.argv[1] === import.meta.filename) {
  const control = openSync(process.env.FAILING_DISK_CONTROL as string, 'r+');
  for (const [until, failure] of JSON.parse(process.argv[2] as string) as [number, Failure][])
    process.stdout.write(`${JSON.stringify(await live(process.env.FAILING_DISK as string, control, until, failure))}\n`);
  // A hub's models and timers are no reason to stay.
  process.exit(0);
}
