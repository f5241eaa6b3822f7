import { appendFileSync, closeSync, fdatasyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Message, Store } from './types.ts';

/** The disk is told to write this long (ms) after a message came: a power cut costs no more. */
const settleMs = 1_000;

/**
 * What waits for the edge, in a file of one JSON line a message. Node only; the rest of the library runs in a browser too.
 * @param path a file of this device alone; its folder must be there
 */
export function fileStore(path: string): Store {
  let settling = false;
  const settle = () => {
    settling = false;
    try {
      const file = openSync(path, 'r+');
      fdatasyncSync(file);
      closeSync(file);
    } catch {
      // A file that was taken away, or a disk that is gone, must not end the device's program: the next message that is kept says what is wrong.
    }
  };
  return {
    load: () => linesOf(path).flatMap(messageIn),
    add(message) {
      appendFileSync(path, `${JSON.stringify(message)}\n`);
      if (!settling) setTimeout(settle, settleMs).unref();
      settling = true;
    },
    replace(messages) {
      // Renamed only when whole: whenever the power fails, one of the two is there.
      writeFileSync(`${path}.new`, messages.map((message) => `${JSON.stringify(message)}\n`).join(''), { flush: true });
      renameSync(`${path}.new`, path);
    },
  };
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** None for a line that a power cut tore. */
function messageIn(line: string): Message[] {
  try {
    const { topic, payload, spare } = JSON.parse(line) as Partial<Message>;
    return typeof topic === 'string' && typeof payload === 'string' && typeof spare === 'boolean' ? [{ topic, payload, spare }] : [];
  } catch {
    return [];
  }
}
