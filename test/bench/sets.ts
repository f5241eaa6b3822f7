import { edge } from './edge.ts';
import { generator } from './generator.ts';
import { handoff } from './handoff.ts';
import { history } from './history.ts';
import { ingest } from './ingest.ts';
import type { Bench } from './measure.ts';
import { search } from './search.ts';
import { turn } from './turn.ts';

/** What is measured, in the order it is printed. */
export const sets: readonly Bench[] = [turn, handoff, edge, ingest, history, search, generator];
