import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';

/** What a process did to its files, in order. `data` lies at `at` in the file. */
export type Op =
  | { kind: 'write'; file: string; at: number; data: Buffer }
  | { kind: 'truncate'; file: string; length: number }
  | { kind: 'sync'; file: string }
  | { kind: 'remove'; file: string }
  /** These records were acknowledged. */
  | { kind: 'ack'; ids: string[] };

const call = /^(\w+)\((.*)$/s;
const ofFile = /^(?:AT_FDCWD\S*, )?(?:\d+<([^>]*)>|"([^"]*)")/;

/** Reads what `strace -f -y -xx` wrote. A call that other threads interrupted counts from its end, as its caller saw it. */
export async function readLog(file: string): Promise<Op[]> {
  const ops: Op[] = [];
  const open = new Map<string, string>();
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const space = line.indexOf(' ');
    const [pid, text] = [line.slice(0, space), line.slice(space + 1).trimStart()];
    if (text.endsWith('<unfinished ...>')) {
      open.set(pid, text.slice(0, -'<unfinished ...>'.length).trimEnd());
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/s.exec(text);
    const whole = resumed ? `${open.get(pid) ?? ''}${resumed[1]}` : text;
    const op = opOf(whole);
    if (op) ops.push(op);
  }
  return ops;
}

function opOf(text: string): Op | undefined {
  const [, name, rest] = call.exec(text) ?? [];
  const result = Number(/\)\s+= (-?\d+)/.exec(text.slice(-80))?.[1]);
  const path = name && rest ? ofFile.exec(rest) : null;
  if (!name || !rest || !path || !(result >= 0)) return undefined;
  const file = basename(unhex(path[1] ?? path[2] ?? '').toString());
  switch (name) {
    case 'pwrite64': {
      const at = Number(/, (\d+)\)\s+= \d+$/.exec(text)?.[1]);
      // A write that is left out looks like one that was lost.
      if (Number.isNaN(at)) throw new Error(`where this write went cannot be read: … ${text.slice(-80)}`);
      return { kind: 'write', file, at, data: dataOf(rest).subarray(0, result) };
    }
    case 'write':
      return file === 'acks' ? { kind: 'ack', ids: dataOf(rest).toString().trim().split(' ') } : undefined;
    case 'ftruncate':
      return { kind: 'truncate', file, length: Number(/, (\d+)\)\s+= 0$/.exec(text)?.[1]) };
    case 'fsync':
    case 'fdatasync':
      return { kind: 'sync', file };
    case 'unlink':
    case 'unlinkat':
      return { kind: 'remove', file };
    default:
      return undefined;
  }
}

function dataOf(rest: string): Buffer {
  const from = rest.indexOf('"') + 1;
  const to = rest.indexOf('"', from);
  if (rest.startsWith('...', to + 1)) throw new Error('strace cut the data short: it needs a longer -s');
  return unhex(rest.slice(from, to));
}

const unhex = (text: string): Buffer => (text.startsWith('\\x') ? Buffer.from(text.replaceAll('\\x', ''), 'hex') : Buffer.from(text));
