import { WaysideError } from '@wayside/protocol';
import { z } from 'zod';
import { chanceOf } from './chance.ts';
import { createDepartures, departuresState, span } from './departures.ts';
import { createForeteller } from './foretell.ts';
import { createJoint, jointState } from './joint.ts';
import { before, createStretch, stretchState } from './stretch.ts';

/** The values of one moment by signal; a signal that is not there, or not finite, is missing. */
export type Row = Readonly<Record<string, number | undefined>>;

/** A signal that is not as the others, and its own last rows, lead to expect. */
export type Departure = {
  signal: string;
  /** Of all that is unusual now, 0..1. */
  share: number;
  /** Its mean over the last rows, and what it should be: the level that would leave nothing unexplained. */
  value: number;
  expected: number;
  /** Between these there would be no alarm. */
  low: number;
  high: number;
};

export type Normal = {
  /** 0..1: one minus the chance that a signal of a healthy thing departs as far; an alarm from `alarmFrom` on. 0 while it learns. */
  score: number;
  /** It has learned enough to judge. */
  ready: boolean;
  /** Epoch ms of the first row of the event that goes on. */
  since?: number;
  /** While an event goes on: what departs most, first. */
  signals: Departure[];
};

export type NormalDetector = {
  /** @param at epoch ms; a row not newer than the last changes nothing */
  observe(at: number, row: Row): Normal;
  /** What comes next does not hang together with what came before, and may be older; what was learned stays. */
  restart(): void;
  save(): NormalState;
};

export type NormalOptions = {
  /** How many rows it learns before it judges: long enough that all ordinary states come by. */
  rows: number;
  /** Milliseconds between two rows; after ten times that without one, it waits until it has a few in a row again. */
  every: number;
};

const clock = z.object({
  /** The newest row, and the first of the event that goes on. */
  at: z.number().nullable(),
  since: z.number().nullable(),
  ready: z.boolean(),
  /** Counts of rows, up to as many as it learns from: taken, and since the last that surprised it. */
  taken: z.number(),
  unsurprised: z.number(),
  /** Rows that were calm, in a row; rows learned since the model was last solved. */
  calm: z.number(),
  fresh: z.number(),
});
export const normalState = z.object({
  signals: z.array(z.string()),
  every: z.number(),
  clock,
  stretch: stretchState,
  joint: jointState,
  /** What the model was last solved from. */
  solved: z.object({ joint: jointState, known: z.array(z.boolean()) }).nullable(),
  departures: departuresState,
});
/** Opaque to everyone but `createNormal`; plain JSON. */
export type NormalState = z.infer<typeof normalState>;
type Clock = z.infer<typeof clock>;

/** A departure so many times its usual size is an alarm... */
const alarm = 5;
/** ...and below this nothing is wrong: an event is over. */
const calm = alarm / 2;
/** The score of such a departure. */
export const alarmFrom = 1 - chanceOf(alarm);
/** The chance a score speaks of; none is told to be rarer than one in a million. */
export const chanceFrom = (score: number): number => Math.max(1 - score, 1e-6);

/** What has been calm for so many rows may be learned. */
const calmFirst = 2 * span;
/** Rows fade once this many times the rows it first learned from have been learned. */
const remembers = 20;
/** Solved anew whenever it has learned a tenth more. */
const solvedEvery = 0.1;
/** After so long without a row, the rows before tell nothing of the next. */
const gapAfter = 10;
const mostSignals = 16;

/**
 * Learns what is normal for a group of signals that belong together, such as current, pressure and flow of one pump, and tells when a
 * relation among them breaks or one of them leaves the level it kept. A forecast of each signal from all else (the other signals now,
 * and four rows of all) is a ridge regression; the misses are averaged, and their size is held against the size usual so far.
 *
 * Plain arithmetic and no network (ONNX): on the Skoltech benchmark it beats the published autoencoders and recurrent networks, learns
 * on the edge itself, costs some microseconds a row, and knows which signals departed. See docs/benchmarks/diagnosis.md.
 *
 * It learns from its own first `rows`, and longer while something surprised it in the last quarter; from then on from rows that are
 * well within normal. Every row is judged before it is learned.
 * @throws WaysideError invalid for no signals, too many, or options that are not above zero; RangeError when what was saved is damaged
 */
export function createNormal(signals: readonly string[], { rows, every }: NormalOptions, saved?: NormalState): NormalDetector {
  if (signals.length < 1 || signals.length > mostSignals || !(rows > 0) || !(every > 0)) {
    throw new WaysideError('invalid', `A learned normal takes 1 to ${mostSignals} signals, and rows and a time between them above zero.`);
  }
  const width = signals.length;
  const size = width * (before + 1);
  const modelOf = (solved: NonNullable<NormalState['solved']>) => ({
    solved,
    foreteller: createForeteller(createJoint(size, remembers * rows, solved.joint), width, solved.known),
  });
  const begin = (from?: NormalState) => ({
    clock: { ...(from?.clock ?? { at: null, since: null, ready: false, taken: 0, unsurprised: rows, calm: 0, fresh: 0 }) } as Clock,
    stretch: createStretch(signals, from?.stretch),
    joint: createJoint(size, remembers * rows, from?.joint),
    departures: createDepartures(width, remembers * rows, from?.departures),
    model: from?.solved ? modelOf(from.solved) : undefined,
  });
  let own = begin(saved?.every === every && saved.signals.join() === signals.join() ? saved : undefined);

  const solve = () => {
    own.model = modelOf({ joint: own.joint.save(), known: own.stretch.known() });
    own.clock.fresh = 0;
  };
  const solveWhenDue = () => {
    const { joint, clock, stretch, model } = own;
    if (joint.rows() < rows / 2) return;
    const known = stretch.known();
    if (!model?.solved.known.every((flag, i) => flag === known[i]) || clock.fresh >= solvedEvery * joint.rows()) solve();
  };
  const learn = () => {
    const { clock, joint, stretch, departures, model } = own;
    if (model) departures.learn();
    if (!stretch.whole()) return;
    joint.learn(stretch.rows);
    clock.fresh++;
  };
  /** Takes note of how unusual a row is; one of the time of learning, or that comes after enough calm, is learned. */
  const weigh = (at: number, most: number) => {
    const { clock } = own;
    clock.calm = most < calm ? Math.min(clock.calm + 1, calmFirst + 1) : 0;
    if (!clock.ready || clock.calm > calmFirst) learn();
    if (clock.ready) {
      if (most >= alarm) clock.since ??= at;
      else if (most < calm) clock.since = null;
      return;
    }
    clock.unsurprised = most >= alarm ? 0 : Math.min(clock.unsurprised + 1, rows);
    clock.ready = own.model !== undefined && clock.taken >= rows && clock.unsurprised >= rows / 4;
    if (clock.ready) solve();
  };

  const breakOff = () => {
    own.stretch.breakOff();
    own.departures.breakOff();
  };

  return {
    observe(at, row) {
      // A signal that turns up late was not there to be learned with the others.
      if (own.clock.taken > 0 && own.stretch.strange(row)) own = begin();
      const { clock, stretch, departures } = own;
      const { ready } = clock;
      const nothing: Normal = { score: 0, ready, signals: [] };
      if (!(at > (clock.at ?? Number.NEGATIVE_INFINITY))) return nothing;
      if (clock.at !== null && at - clock.at > gapAfter * every) breakOff();
      clock.at = at;
      clock.taken = Math.min(clock.taken + 1, rows);
      stretch.take(row);
      if (!stretch.full()) return nothing;

      solveWhenDue();
      const by = own.model?.foreteller;
      const most = by ? Math.max(...departures.take(by, stretch.rows)) : 0;
      weigh(at, most);
      if (!ready || !by) return nothing;
      const score = 1 - chanceOf(most);
      return clock.since === null
        ? { score, ready, signals: [] }
        : { score, ready, since: clock.since, signals: departures.explain(by, signals, stretch.level, alarm) };
    },
    restart() {
      own.clock.at = null;
      breakOff();
    },
    save: () => ({
      signals: [...signals],
      every,
      clock: { ...own.clock },
      stretch: own.stretch.save(),
      joint: own.joint.save(),
      solved: own.model?.solved ?? null,
      departures: own.departures.save(),
    }),
  };
}
