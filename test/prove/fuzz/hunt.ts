import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '@wayside/simulators';
import { createChanger } from './change.ts';
import { Corpus, plain } from './kinds.ts';
import { isRefusal } from './refusal.ts';
import { type Target, targetsIn } from './targets.ts';

export type FuzzHunt = {
  eaten: number;
  byTarget: Record<string, number>;
  /** How many kinds of answers each door gave: what guided the choice of examples. Absent of runs before there was such a guide. */
  kinds?: Record<string, number>;
  /** What was thrown that is no refusal, or warned of by a library, with the bytes (base64) that bring it. */
  faults: { target: string; error: string; bytes: string }[];
  /** How much the memory in use grew from the first tenth to the end, MiB. */
  grewMiB: number;
};

const mostFaults = 20;

/**
 * Feeds what comes from outside with true examples, as they are and then changed a little, or much. A door is drawn by its share of the time, so that a cheap one is tried
 * far more often; what it answers in a way it has not before is an example from then on. The same seed feeds the same.
 * @param only these doors, for who looks at one
 */
export async function huntFuzz(count: number, seed: number, only?: readonly string[]): Promise<FuzzHunt> {
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'wayside-fuzz-'));
  const random = createRandom(seed, 'fuzz');
  const { targets, close } = await targetsIn(folder);
  const doors = targets
    .filter(({ name }) => only?.includes(name) ?? true)
    .map((target) => {
      // Of its own, so that no door's answers have a say in what another is fed.
      const own = createRandom(seed, target.name);
      const corpus = new Corpus(target.examples, own);
      const lent = () => (own() < 0.5 ? corpus.draw() : oneOf(oneOf(targets, own).examples, own));
      return { ...target, eaten: 0, corpus, change: createChanger(own), lent };
    });
  const draw = drawer(doors, random);
  const hunt: FuzzHunt = { eaten: 0, byTarget: {}, kinds: {}, faults: [], grewMiB: 0 };
  // Where a refusal was thrown is not asked of millions of them, and would be most of their cost.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const { warnings, silence } = hearWarnings();
  let early = 0;

  async function feed(door: (typeof doors)[number], bytes: Buffer): Promise<void> {
    const fault = (error: string) => {
      if (hunt.faults.length < mostFaults)
        hunt.faults.push({ target: door.name, error: error.slice(0, 300), bytes: bytes.toString('base64').slice(0, 4_000) });
    };
    hunt.eaten++;
    door.eaten++;
    try {
      const told = door.eat(bytes);
      const said = told instanceof Promise ? await told : told;
      door.corpus.answered(bytes, typeof said === 'string' ? plain(said) : String(said));
    } catch (error) {
      if (isRefusal(error)) door.corpus.answered(bytes, `${error.code} ${plain(error.message)}`);
      else fault(String(error));
    }
    if (warnings.length > 0) for (const warned of warnings.splice(0)) fault(`a warning: ${warned}`);
    if (hunt.eaten === Math.ceil(count / 10)) early = used();
    // Doors that never wait would let nobody else have a turn: what is put off must run, and be collected.
    if (hunt.eaten % 1_000 === 0) await new Promise((turn) => setImmediate(turn));
  }

  try {
    // As they are, first: what is answered in another way than these is new.
    for (const door of doors) for (const bytes of door.examples) if (hunt.eaten < count) await feed(door, bytes);
    while (hunt.eaten < count) {
      const door = draw();
      await feed(door, door.change(door.corpus.draw(), door.lent));
    }
  } finally {
    silence();
    Error.stackTraceLimit = stackTraceLimit;
    await close();
    await rm(folder, { recursive: true, force: true });
  }
  hunt.grewMiB = Math.round(used() - early);
  for (const { name, eaten, corpus } of doors) {
    hunt.byTarget[name] = eaten;
    hunt.kinds![name] = corpus.size;
  }
  return hunt;
}

const oneOf = <T>(all: readonly T[], random: () => number): T => all[Math.floor(random() * all.length)] as T;

/** Draws doors so that each gets its share of the time, by what a try of it costs. */
function drawer<T extends Target>(doors: readonly T[], random: () => number): () => T {
  let sum = 0;
  const ends = doors.map(({ costs, share = 1 }) => (sum += share / costs));
  return () => {
    const at = random() * sum;
    return doors[ends.findIndex((end) => at < end)]!;
  };
}

/** Warnings of the process, in the moment they are made: what a library says there nobody at a door has decided. */
function hearWarnings() {
  const warnings: string[] = [];
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error) => void warnings.push(String(warning));
  return { warnings, silence: () => Object.assign(process, { emitWarning }) };
}

function used(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
