import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { WaysideError } from '@wayside/protocol';

/** The programs of ALSA and PipeWire that record and play raw sound; the first that is here is used. */
const recorders: readonly [string, ...string[]][] = [
  ['arecord', '-q', '-t', 'raw', '-f', 'S16_LE', '-r', '16000', '-c', '1'],
  ['pw-record', '--rate', '16000', '--channels', '1', '--format', 's16', '-'],
];
const players = (rate: string): readonly [string, ...string[]][] => [
  // A short buffer: what is in it is still heard after we stop.
  ['aplay', '-q', '-t', 'raw', '-f', 'S16_LE', '-r', rate, '-c', '1', '--buffer-time=120000'],
  ['pw-play', '--rate', rate, '--channels', '1', '--format', 's16', '--latency', '120ms', '-'],
];

export type Recorder = { stop(): void };
export type Player = {
  play(sound: Buffer, rate: number): void;
  hold(on: boolean): void;
  /** Silent at once. */
  stop(): void;
};

/**
 * The microphone of this machine, 16 kHz s16le mono, by the system's own tools.
 * @throws WaysideError `not-found` when there is no such tool
 */
export function record(onSound: (sound: Buffer) => void, onEnd: (why: string) => void): Recorder {
  const [program, ...args] = firstHere(recorders, 'records');
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  let stopped = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-500);
  });
  // A sample is two bytes; a pipe may be cut between them.
  let odd: Buffer = Buffer.alloc(0);
  child.stdout.on('data', (bytes: Buffer) => {
    const whole = Buffer.concat([odd, bytes]);
    const even = whole.length - (whole.length % 2);
    odd = whole.subarray(even);
    for (let at = 0; at < even; at += 32_000) onSound(whole.subarray(at, Math.min(even, at + 32_000)));
  });
  const end = (why: string) => !stopped && onEnd(`The microphone cannot be heard: ${program}: ${why.trim() || 'it ended'}.`);
  child.once('error', (error) => end(error.message));
  child.once('exit', (code, signal) => end(complaint || `it ended (${signal ?? code})`));
  return {
    stop() {
      stopped = true;
      child.kill();
    },
  };
}

/**
 * The loudspeaker of this machine, by the system's own tools.
 * @throws WaysideError `not-found` when there is no such tool
 */
export function createPlayer(onTrouble: (why: string) => void): Player {
  firstHere(players('22050'), 'plays');
  let child: ChildProcessByStdio<Writable, null, Readable> | undefined;
  let rateNow = 0;
  const stop = () => {
    child?.kill('SIGKILL');
    child = undefined;
  };
  function open(rate: number): void {
    const [program, ...args] = firstHere(players(String(rate)), 'plays');
    const mine = spawn(program, args, { stdio: ['pipe', 'ignore', 'pipe'] });
    [child, rateNow] = [mine, rate];
    let complaint = '';
    mine.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-500);
    });
    mine.stdin.on('error', () => {});
    mine.once('error', (error) => onTrouble(`Nothing can be played: ${program}: ${error.message}.`));
    mine.once('exit', (code) => {
      if (child !== mine) return;
      child = undefined;
      if (code) onTrouble(`Nothing can be played: ${program}: ${complaint.trim() || `it ended (${code})`}.`);
    });
  }
  return {
    play(sound, rate) {
      if (child && rate !== rateNow) stop();
      if (!child) open(rate);
      child?.stdin.write(sound);
    },
    hold: (on) => void child?.kill(on ? 'SIGSTOP' : 'SIGCONT'),
    stop,
  };
}

function firstHere(programs: readonly [string, ...string[]][], does: string): [string, ...string[]] {
  const found = programs.find(([program]) => isHere(program));
  if (found) return found;
  const names = programs.map(([program]) => program).join(' or ');
  throw new WaysideError(
    'not-found',
    `No program that ${does} sound is here. Install ${names} (alsa-utils or pipewire-bin), or talk on the panel.`,
  );
}

function isHere(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}
