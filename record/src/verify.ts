import { toBase64Url } from './bytes.ts';
import { readCanonical } from './canonical.ts';
import { createChains } from './chains.ts';
import { commit, hashOfText } from './entry.ts';
import { closing, erasure, foldLine, type Header, lineForms, noLines, type Receipt } from './file.ts';
import { createHubLogs } from './hub-logs.ts';
import type { Primitives } from './primitives.ts';
import type { Restoration } from './restoration.ts';
import type { Problem, Seen, Trust, Verdict } from './verdict.ts';
import { Wrong } from './wrong.ts';

/**
 * Checks a record line by line, in constant memory but for conversations and what was erased. After the first thing wrong it takes no more:
 * nothing behind it means anything.
 */
export function createVerifier(p: Primitives, trust: Trust = {}) {
  const seen: Seen = {
    edge: '',
    lines: 0,
    entries: 0,
    bodies: 0,
    erased: 0,
    aged: 0,
    hidden: 0,
    seals: 0,
    keys: 0,
    receipts: 0,
    witnesses: [],
    restored: [],
  };
  let header: Header | undefined;
  let problem: Problem | undefined;
  let digest = noLines;
  let headSeen = trust.head === undefined;
  let chains: ReturnType<typeof createChains>;
  /** The entry just read closes the file; so does its seal, if nothing comes after. */
  let closes: 'no' | 'entry' | 'seal' = 'no';
  /** Entries without a body, until an erasure accounts for them: place → line. */
  const bare = new Map<number, number>();
  const logs = createHubLogs(p, trust, seen);

  const readers = {
    format(value: Header) {
      if (header) throw new Wrong('header-again');
      header = value;
      seen.edge = value.edge;
      if (value.session !== undefined) seen.session = value.session;
      chains = createChains(p, value);
    },

    key({ key }: { key: Parameters<typeof chains.key>[0] }) {
      if (key.n === 1) {
        seen.edgeKey = key.key;
        if (trust.edgeKey !== undefined && trust.edgeKey !== key.key) throw new Wrong('untrusted-edge');
      }
      chains.key(key);
      seen.keys++;
    },

    entry(line: { entry: Parameters<typeof chains.entry>[0]; body?: unknown; salt?: string }, text: string) {
      const { entry, body, salt } = line;
      if ((body === undefined) !== (salt === undefined)) throw new Wrong('form', entry.n);
      const entryText = entryTextOf(text);
      const hash = hashOfText(p, entryText);
      chains.entry(entry, hash, seen.lines);
      headSeen ||= hash === trust.head;
      seen.entries++;
      seen.from ??= entry.at;
      seen.to = entry.at;
      if (body === undefined || salt === undefined) {
        bare.set(entry.n, seen.lines);
        seen.erased++;
        return;
      }
      // The line is canonical, so the body stands in it as it was committed to: before the entry and the salt.
      const bodyText = text.slice('{"body":'.length, -`,"entry":${entryText},"salt":"${salt}"}`.length);
      if (commit(p, salt, bodyText) !== entry.body) throw new Wrong('body-changed', entry.n);
      seen.bodies++;
      if (entry.kind === 'erase') account(entry.n, body);
      if (entry.kind !== 'export') return;
      const said = closing.safeParse(body).data;
      if (said?.file === toBase64Url(digest) && said.lines === seen.lines - 1) closes = 'entry';
    },

    hash({ hash }: { hash: string }) {
      if (header?.session === undefined) throw new Wrong('hidden');
      chains.hidden(hash, seen.lines);
      seen.hidden++;
    },

    seal({ seal }: { seal: Parameters<typeof chains.seal>[0] }) {
      chains.seal(seal);
      seen.seals++;
    },

    receipt({ receipt }: { receipt: Receipt }) {
      const leaf = chains.sealed(receipt.seal);
      if (leaf === undefined) throw new Wrong('receipt-seal');
      logs.receipt(receipt, leaf);
    },

    restored({ restored }: { restored: Restoration }) {
      logs.restored(restored);
    },
  };

  /** An erasure accounts for entries before it that have no body. */
  function account(place: number, body: unknown): void {
    const said = erasure.safeParse(body).data;
    for (const n of said?.erased ?? []) if (n < place && bare.delete(n) && said?.why === 'age') seen.aged++;
  }

  function take(text: string): void {
    const read = readCanonical(text);
    if (!read) throw new Wrong('not-canonical');
    const { value } = read;
    const what = value !== null && typeof value === 'object' && Object.keys(lineForms).find((name) => Object.hasOwn(value, name));
    const kind = (what || undefined) as keyof typeof lineForms | undefined;
    const parsed = kind && lineForms[kind].safeParse(value);
    if (!kind || !parsed?.success) throw new Wrong('form');
    if (!header && kind !== 'format') throw new Wrong('header-missing');
    const before = closes;
    closes = 'no';
    readers[kind](parsed.data as never, text);
    if (kind === 'seal' && before === 'entry') closes = 'seal';
    digest = foldLine(p, digest, text);
  }

  /** Runs a check; what is wrong is noted with where. */
  function guard(check: () => void): void {
    if (problem) return;
    try {
      check();
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      problem = { code: error.code, line: error.line ?? seen.lines, ...(error.n === undefined ? {} : { n: error.n }) };
    }
  }

  return {
    /** Takes one line without its end. @returns false when there is no use in more */
    line(text: string): boolean {
      if (problem) return false;
      seen.lines++;
      guard(() => take(text));
      return problem === undefined;
    },
    /** The file is at its end. @param whole its last line ended as a line does */
    end(whole = true): Verdict {
      guard(() => {
        if (!header) throw new Wrong('header-missing');
        if (!whole) throw new Wrong('cut');
        const [first] = bare;
        if (first) throw new Wrong('body-missing', first[0], first[1]);
        chains.end();
        if (closes !== 'seal') throw new Wrong('cut');
        if (!headSeen) throw new Wrong('head-missing');
        logs.end();
      });
      return { ok: problem === undefined, ...(problem ? { problem } : {}), seen };
    },
  };
}

/**
 * The entry as it stands in its line, which is canonical, so as it was hashed. Its values are plain, and within a string a quote never follows a comma
 * without a backslash: the last `,"entry":` or the one that begins the line is the name.
 */
function entryTextOf(line: string): string {
  const name = line.startsWith('{"entry":') ? 1 : line.lastIndexOf(',"entry":') + 1;
  const end = line.lastIndexOf('},"salt":"');
  return line.slice(name + '"entry":'.length, end < 0 ? -1 : end + 1);
}

/** Checks a whole file at once. */
export function verifyText(p: Primitives, text: string, trust?: Trust): Verdict {
  const verifier = createVerifier(p, trust);
  const whole = text.endsWith('\n');
  for (const line of (whole ? text.slice(0, -1) : text).split('\n')) if (!verifier.line(line)) break;
  return verifier.end(whole);
}
