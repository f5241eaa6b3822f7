import type { Entry } from './entry.ts';
import type { Header } from './file.ts';
import type { Primitives } from './primitives.ts';
import { hashOfLink, type Key, mostPerSeal, nothing, rootText, type Seal, signatureHolds } from './seal.ts';
import { Wrong } from './wrong.ts';

type Item = { hash: string; line: number; entry?: Entry };

/**
 * The three chains of a record, followed as they come: keys and seals; the entries of the edge; the entries of each conversation. In the file
 * of one conversation seals may be left out between those it needs; then what was left out is not checked, and what is there still is.
 */
export function createChains(p: Primitives, { edge, session }: Pick<Header, 'edge' | 'session'>) {
  const whole = session === undefined;
  let key: Key | undefined;
  let last: { seal: Seal; hash: string } | undefined;
  /** Hash of the seal or key read last, and how many seals there were up to it. */
  let link = { hash: nothing, seals: 0 };
  /** The key the file begins with, and its hash. */
  let first: Key | undefined;
  let firstHash = nothing;
  let items: Item[] = [];
  const conversations = new Map<string, { i: number; hash: string }>();
  const sealed = new Map<number, string>();

  function checkEntries(seal: Seal): void {
    const follows = seal.n === (last ? last.seal.n : (first?.seals ?? 0)) + 1;
    const expected = last ? last.seal.first + last.seal.count : 1;
    // The first seal of a record that began anew goes on where the one before, of another key, had come to.
    const exact = follows && (last !== undefined || first?.n === 1);
    if (exact ? seal.first !== expected : seal.first < expected) throw new Wrong('seal-place');
    let before = follows ? (last?.seal.head ?? firstHash) : undefined;
    for (const [i, { hash, entry, line }] of items.entries()) {
      if (entry && entry.n !== seal.first + i) throw new Wrong('entry-place', entry.n, line);
      if (entry && before !== undefined && entry.prev !== before) throw new Wrong('entry-link', entry.n, line);
      before = hash;
    }
  }

  /** A record begins with its edge's first key; or, when that edge lost its key, with one that takes up the numbers and nothing else. */
  const begins = (next: Key): boolean => next.prev === nothing && (next.n > 1 || (next.epoch === 1 && next.seals === 0));
  const follows = (before: Key, next: Key): boolean => {
    const epochs = next.epoch - before.epoch;
    const seals = whole ? next.seals === link.seals : next.seals >= link.seals;
    return next.n === before.n + 1 && (epochs === 0 || epochs === 1) && seals;
  };

  return {
    key(next: Key): void {
      if (items.length > 0) throw new Wrong('unsealed');
      if (next.edge !== edge) throw new Wrong('other-edge');
      if (key ? !follows(key, next) : !begins(next)) throw new Wrong('key-place');
      if (key && next.seals === link.seals && next.prev !== link.hash) throw new Wrong('key-link');
      if (!signatureHolds(p, 'key', next, key?.key ?? next.key)) throw new Wrong('key-signature');
      key = next;
      link = { hash: hashOfLink(p, next), seals: next.seals };
      if (!first) [first, firstHash] = [next, link.hash];
    },

    entry(entry: Entry, hash: string, line: number): void {
      if (items.length >= mostPerSeal) throw new Wrong('unsealed', entry.n);
      if (session !== undefined && entry.session !== session) throw new Wrong('other-session', entry.n);
      if (entry.session === undefined ? entry.i !== undefined || entry.was !== undefined : entry.i === undefined)
        throw new Wrong('form', entry.n);
      if (entry.session !== undefined) {
        const before = conversations.get(entry.session);
        if (entry.i !== (before?.i ?? 0) + 1 || entry.was !== before?.hash) throw new Wrong('session-link', entry.n);
        conversations.set(entry.session, { i: entry.i, hash });
      }
      items.push({ hash, line, entry });
    },

    hidden(hash: string, line: number): void {
      if (items.length >= mostPerSeal) throw new Wrong('unsealed');
      items.push({ hash, line });
    },

    seal(seal: Seal): void {
      if (seal.edge !== edge) throw new Wrong('other-edge');
      if (!key || seal.key !== key.n || seal.epoch !== key.epoch) throw new Wrong('seal-key');
      if (whole ? seal.n !== link.seals + 1 : seal.n <= link.seals) throw new Wrong('seal-place');
      if (seal.n === link.seals + 1 && seal.prev !== link.hash) throw new Wrong('seal-link');
      checkEntries(seal);
      const hashes = items.map((item) => item.hash);
      if (hashes.length !== seal.count || hashes.at(-1) !== seal.head || rootText(p, hashes) !== seal.root) throw new Wrong('seal-entries');
      if (!signatureHolds(p, 'seal', seal, key.key)) throw new Wrong('seal-signature');
      const hash = hashOfLink(p, seal);
      last = { seal, hash };
      link = { hash, seals: seal.n };
      sealed.set(seal.n, hash);
      if (sealed.size > 4096) sealed.delete(sealed.keys().next().value as number);
      items = [];
    },

    /** The hash of a seal read, one of the last few thousand. */
    sealed: (n: number): string | undefined => sealed.get(n),
    end(): void {
      if (items.length > 0) throw new Wrong('unsealed');
    },
  };
}
