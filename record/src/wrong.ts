/** All that can be wrong with a record. Each has its words in `words.ts`. */
export const wrongCodes = [
  'not-canonical',
  'form',
  'header-missing',
  'header-again',
  'other-edge',
  'other-session',
  'hidden',
  'key-place',
  'key-link',
  'key-signature',
  'entry-place',
  'entry-link',
  'session-link',
  'body-changed',
  'body-missing',
  'seal-place',
  'seal-link',
  'seal-key',
  'seal-entries',
  'seal-signature',
  'receipt-seal',
  'receipt-proof',
  'checkpoint-signature',
  'split-view',
  'restoration',
  'no-receipt',
  'untrusted-edge',
  'untrusted-hub',
  'untrusted-operator',
  'too-few-witnesses',
  'head-missing',
  'unsealed',
  'cut',
] as const;
export type WrongCode = (typeof wrongCodes)[number];

/** Something is wrong, here: with the entry of place `n`, on another line than the one just read. */
export class Wrong extends Error {
  readonly code: WrongCode;
  readonly n: number | undefined;
  readonly line: number | undefined;

  constructor(code: WrongCode, n?: number, line?: number) {
    super(code);
    this.code = code;
    this.n = n;
    this.line = line;
  }
}
