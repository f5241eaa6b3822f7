import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createPlaces } from './place.ts';
import { atOnce, play } from './play.ts';
import { type Scored, score } from './score.ts';
import { loadPhrases } from './speak.ts';
import type { Task } from './task.ts';

export type Job = { task: Task; seed: number };
/** `lite`: edges without an embedder. */
export type Hand = { jobs: readonly Job[]; lite: boolean };

/** Fewer are played here: a process of one's own costs two seconds. */
const worthProcesses = 24;
const script = fileURLToPath(new URL('./play-process.ts', import.meta.url));

/**
 * Plays tasks, several at once, each conversation with an edge of its own; many of them in a process for each core.
 * @param onScored told of each as it ends, in no order
 * @throws Error that names the conversation that could not be played: that is a fault of the bench or of the edge, and no score
 */
export async function playAll(
  tasks: readonly Task[],
  seeds: number,
  { lite = false, onScored = () => {} }: { lite?: boolean; onScored?: (scored: Scored) => void } = {},
): Promise<Scored[]> {
  const jobs = tasks.flatMap((task) => Array.from({ length: seeds }, (_, n) => ({ task, seed: n + 1 })));
  const all: Scored[] = [];
  const keep = (scored: Scored) => {
    all.push(scored);
    onScored(scored);
  };
  const processes = jobs.length < worthProcesses ? 1 : availableParallelism();
  if (processes === 1) await playHere({ jobs, lite }, keep);
  else {
    // Dealt out in turn, so that long tasks meet in no one process.
    const hands = Array.from({ length: processes }, (_, at) => jobs.filter((_, n) => n % processes === at));
    const stop = new AbortController();
    await Promise.all(hands.map((hand) => playThere({ jobs: hand, lite }, keep, stop.signal))).finally(() => stop.abort());
  }
  return all;
}

export async function playHere({ jobs, lite }: Hand, onScored: (scored: Scored) => void): Promise<void> {
  const [places, phrases] = await Promise.all([createPlaces(lite), loadPhrases()]);
  const waiting = [...jobs];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { task, seed } = next;
      const played = await play(places, phrases, task, seed).catch((cause: unknown) => {
        throw new Error(`${task.id}, seed ${seed}, could not be played: ${cause}`, { cause });
      });
      onScored(score(played, places.packs.get(task.family)!));
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    waiting.length = 0;
    await places.close();
  }
}

export type FromPlaying = { scored: Scored } | { problem: string } | { done: true };

function playThere(hand: Hand, onScored: (scored: Scored) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(script, { signal, serialization: 'advanced', execArgv: ['--disable-warning=ExperimentalWarning'] });
    let ended = false;
    child.on('message', (message: FromPlaying) => {
      if ('scored' in message) return onScored(message.scored);
      ended = true;
      if ('problem' in message) reject(new Error(message.problem));
      else resolve();
    });
    child.on('error', reject);
    child.once('exit', (code) => {
      if (!ended) reject(new Error(`a process that played conversations ended without a word (${code})`));
    });
    child.send(hand);
  });
}
