import { sql } from 'kysely';
import type { News } from '../change.ts';
import type { Db } from '../schema.ts';

export const channel = 'wayside';
/** PostgreSQL carries payloads below 8,000 bytes (postgresql.org/docs/current/sql-notify.html). */
const most = 7_800;

/** What hubs say to each other. `here`: these edges hold a socket at this hub, or no longer. */
export type Word = { from: string } & (
  | { news: News[] }
  | { hello: true }
  | { alive: true }
  | { bye: true }
  | { here: string[]; gone: string[] }
);

/** JSON in ASCII alone, so that a character is a byte and a cut never goes through one. */
const plain = (value: unknown): string =>
  JSON.stringify(value).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Says a word to all hubs that listen, when the transaction commits where there is one; a long one in parts, which arrive in order. */
export async function say(db: Db, word: Word): Promise<void> {
  const text = plain(word);
  const parts = Array.from({ length: Math.ceil(text.length / most) }, (_, i) => text.slice(i * most, (i + 1) * most));
  const payloads = parts.map((part, i) => `${i + 1 === parts.length ? '.' : '+'}${word.from} ${part}`);
  await sql`select ${sql.join(payloads.map((payload) => sql`pg_notify(${channel}, ${payload})`))}`.execute(db);
}

/** Puts the parts of each hub's words together again. */
export function joinParts(onWord: (word: Word) => void): (payload: string) => void {
  const begun = new Map<string, string>();
  return (payload) => {
    const space = payload.indexOf(' ');
    const from = payload.slice(1, space);
    const text = (begun.get(from) ?? '') + payload.slice(space + 1);
    if (payload.startsWith('+')) {
      begun.set(from, text);
      return;
    }
    begun.delete(from);
    onWord(JSON.parse(text) as Word);
  };
}

/** In order, so many at once as make a short word. */
export function batches<T>(all: readonly T[]): T[][] {
  const done: T[][] = [];
  let room = 0;
  for (const one of all) {
    const length = plain(one).length + 1;
    if (room < length) {
      done.push([]);
      room = most - 100;
    }
    done.at(-1)?.push(one);
    room -= length;
  }
  return done;
}
