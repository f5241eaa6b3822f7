import type { Condition, Figure } from '@wayside/packs';
import { parseSpan, type Value } from '@wayside/protocol';
import { z } from 'zod';

/** A day, as a number; figures are kept by the day so that a month of them is thirty numbers, whatever the sampling rate. */
const dayMs = 86_400_000;
const dayOf = (at: number) => Math.floor(at / dayMs);

const day = z.object({ n: z.number(), sum: z.number(), least: z.number(), most: z.number() });

/** What one figure remembers of a thing. */
export const tallied = z.object({
  /** By day: how many, how much, least, most. */
  days: z.record(z.string(), day).default({}),
  /** Since when the condition holds, the last time it was seen to, and whether it began as it should. */
  open: z.object({ since: z.number(), last: z.number(), counts: z.boolean() }).optional(),
  latest: z.number().optional(),
  /** The newest value of the signal that says how a run began. */
  beside: z.union([z.number(), z.string(), z.boolean()]).optional(),
  at: z.number().default(0),
});
export type Tallied = z.infer<typeof tallied>;

export const nothingTallied = (): Tallied => tallied.parse({});

/** Does a value meet a condition? */
export function holds({ above, below, is, isNot }: Condition, value: Value): boolean {
  if (above !== undefined) return typeof value === 'number' && value > above;
  if (below !== undefined) return typeof value === 'number' && value < below;
  return is !== undefined ? value === is : value !== isNot;
}

/**
 * Takes one sample into a figure; changes `state`. Samples of one thing come in order; what comes late changes nothing.
 * @param at epoch ms
 */
export function tally(figure: Figure, state: Tallied, signal: string, value: Value, at: number): void {
  if (at < state.at) return;
  state.at = at;
  if ('latest' in figure) {
    if (typeof value === 'number') state.latest = value;
  } else if ('mean' in figure || 'least' in figure || 'most' in figure) {
    if (typeof value === 'number') add(state, at, value, figure.over);
  } else if ('hours' in figure) {
    const { open } = state;
    const now = holds(figure.hours, value);
    if (open && at - open.last <= span(figure.gap)) add(state, at, (at - open.last) / 3_600_000, figure.over);
    state.open = now ? { since: at, last: at, counts: true } : undefined;
  } else if ('runs' in figure) {
    const run = figure.runs.signal === signal;
    if (figure.begins?.signal === signal) state.beside = value;
    if (state.open && at - state.open.last > span(figure.gap)) end(figure, state);
    if (!run) return;
    if (holds(figure.runs, value)) {
      if (state.open) state.open.last = at;
      else {
        const counts = !figure.begins || (state.beside !== undefined && holds(figure.begins, state.beside));
        state.open = { since: at, last: at, counts };
      }
    } else if (state.open) {
      state.open.last = at;
      end(figure, state);
    }
  }
}

/** A run is over: it counts if it began and lasted as said. */
function end(figure: Extract<Figure, { runs: unknown }>, state: Tallied): void {
  const { open } = state;
  state.open = undefined;
  if (!open?.counts) return;
  const lasted = open.last - open.since;
  if (figure.shorter !== undefined && lasted >= span(figure.shorter)) return;
  if (figure.longer !== undefined && lasted < span(figure.longer)) return;
  add(state, open.since, 1, figure.over);
}

function add(state: Tallied, at: number, amount: number, over: string): void {
  const key = String(dayOf(at));
  const known = state.days[key];
  state.days[key] = known
    ? { n: known.n + 1, sum: known.sum + amount, least: Math.min(known.least, amount), most: Math.max(known.most, amount) }
    : { n: 1, sum: amount, least: amount, most: amount };
  if (known) return;
  for (const old of Object.keys(state.days)) if (Number(old) < dayOf(at) - span(over) / dayMs) delete state.days[old];
}

/**
 * What a tallied figure comes to at a moment, over the time it looks back; undefined where nothing was seen.
 * @returns in the signal's own unit, in hours, or a count
 */
export function sumUp(figure: Figure, state: Tallied | undefined, now: number): number | undefined {
  if (!state || state.at === 0) return undefined;
  if ('latest' in figure) return state.latest;
  if (!('over' in figure)) return undefined;
  const from = dayOf(now - span(figure.over));
  const days = Object.entries(state.days).flatMap(([key, one]) => (Number(key) > from ? [one] : []));
  if ('hours' in figure || 'runs' in figure) return days.reduce((sum, one) => sum + one.sum, 0);
  if (days.length === 0) return undefined;
  if ('least' in figure) return Math.min(...days.map(({ least }) => least));
  if ('most' in figure) return Math.max(...days.map(({ most }) => most));
  return days.reduce((sum, one) => sum + one.sum, 0) / days.reduce((sum, one) => sum + one.n, 0);
}

const spans = new Map<string, number>();
/** `parseSpan`, once for each text: this runs at every sample. */
function span(text: string): number {
  let ms = spans.get(text);
  if (ms === undefined) {
    ms = parseSpan(text) as number;
    spans.set(text, ms);
  }
  return ms;
}
