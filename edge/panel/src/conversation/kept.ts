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

/** A full or forbidden store (private window) costs only continuity over a reload, so it is no failure. */
export function writeKept(store: Pick<Storage, 'setItem'>, thing: string, kept: Kept): void {
  try {
    store.setItem(keyOf(thing), JSON.stringify(kept));
  } catch {}
}
