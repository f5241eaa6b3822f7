import type { Outcome } from '@wayside/protocol';

/** What became of an attempt to set signals at a server or controller we speak to ourselves. */
export type Written = Pick<Outcome, 'state' | 'detail'>;
