import type { Grammar } from '../grammar/grammar.ts';

/** Whether a sentence asks: then what it names is not told to be so. */
export const asks = (text: string, grammar: Pick<Grammar, 'tells'>): boolean => /[?？]\s*$/.test(text) || grammar.tells(text, 'asks');
