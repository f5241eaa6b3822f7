import type { WrongCode } from './wrong.ts';

/** What the reader of a file knows from elsewhere. Without it a file only proves that it is whole and of one making. */
export type Trust = {
  /** The edge's first public key, base64url: as the hub or the panel shows it. */
  edgeKey?: string;
  /** The hub's vkey, of the log as it is or as it was before it was begun anew. */
  hub?: string;
  /** A key (base64url) of who may say that this hub's log was begun anew. Needed where the hub is named and its log was. */
  operator?: string;
  /** At least so many witnesses must have signed each checkpoint. */
  witnesses?: number;
  /** The hash of an entry that must be in it: what the QR code of a conversation says. */
  head?: string;
};

/** What is wrong first, and where: the line of the file, and the entry when it is one. */
export type Problem = { code: WrongCode; line: number; n?: number };

export type Seen = {
  edge: string;
  session?: string;
  /** The edge's first public key and the hub's vkey, as the file gives them. */
  edgeKey?: string;
  hub?: string;
  lines: number;
  entries: number;
  bodies: number;
  erased: number;
  /** Of the erased: those that were older than such things are kept. */
  aged: number;
  hidden: number;
  seals: number;
  keys: number;
  receipts: number;
  /** Names of all who witnessed a checkpoint in it. */
  witnesses: string[];
  /** When and why the hub's log was begun anew, with how many leaves known to witnesses then, how many of them lost, and who says so. */
  restored: { at: number; size: number; lost: number; reason: string; by: string[] }[];
  from?: number;
  to?: number;
};

export type Verdict = { ok: boolean; problem?: Problem; seen: Seen };
