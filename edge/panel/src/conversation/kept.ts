import type { Answer } from '../api/types.ts';

/** Something said here that the edge has not acknowledged yet. Its id makes sending it twice harmless. */
export type Outgoing = { id: string; text: string; at: number };

/** What one conversation keeps in this browser, so that a reload or a restart of the edge loses nothing. */
export type Kept = {
  session?: string;
  outgoing: Outgoing[];
  /** A person was asked for and the edge does not know yet. */
  wantsPerson: boolean;
  /** The newest answer with its tappable parts, which a transcript does not carry. */
  last?: { turn: string; answer: Answer };
};

const nothing: Kept = { outgoing: [], wantsPerson: false };
const keyOf = (thing: string) => `wayside.conversation.${thing}`;

/** Reads what a conversation kept; what cannot be read is as if it had never been. */
export function readKept(store: Pick<Storage, 'getItem'>, thing: string): Kept {
  try {
    const kept = JSON.parse(store.getItem(keyOf(thing)) ?? 'null');
    return kept && Array.isArray(kept.outgoing) ? { ...nothing, ...kept } : nothing;
  } catch {
    return nothing;
  }
}

/**
 * Moves what was begun before any thing was known to the thing that has now come, so that a word or a request from the first moments
 * is not left behind. Does nothing when the thing has a conversation of its own.
 */
export function adoptUnnamed(store: Pick<Storage, 'getItem' | 'setItem'>, thing: string): void {
  const own = readKept(store, thing);
  const unnamed = readKept(store, '');
  const begun = unnamed.session || unnamed.outgoing.length > 0 || unnamed.wantsPerson;
  if (!thing || !begun || own.session || own.outgoing.length > 0) return;
  writeKept(store, thing, unnamed);
  writeKept(store, '', nothing);
}

/** A full or forbidden store (private window) costs only continuity over a reload, so it is no failure. */
export function writeKept(store: Pick<Storage, 'setItem'>, thing: string, kept: Kept): void {
  try {
    store.setItem(keyOf(thing), JSON.stringify(kept));
  } catch {}
}
