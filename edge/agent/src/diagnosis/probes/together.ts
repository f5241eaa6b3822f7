import type { DetectorOf } from '@wayside/packs';
import { z } from 'zod';
import { chanceFrom, createNormal, type Departure, type NormalDetector, normalState } from '../normal/normal.ts';
import type { Room } from '../room.ts';
import { Learner } from './learner.ts';
import { type Band, type Cell, ms, orNone, type Point } from './probe.ts';

const departure = z.object({
  signal: z.string(),
  share: z.number(),
  value: z.number(),
  expected: z.number(),
  low: z.number(),
  high: z.number(),
});
const saved = z.object({
  fed: z.number().nullable(),
  last: z.object({ score: z.number(), departures: z.array(departure) }).nullable(),
  learned: normalState.nullable(),
});

/** A row may come early by this share of the pace: clocks are not that exact. */
const slack = 0.1;
/** One learned normal takes the room of a learner for every so many of its signals. */
const signalsPerLearner = 4;

/** The learned normal of signals that belong together, at its own pace. It goes by the first of them; each is taken as it was last heard. */
export class Together extends Learner<typeof saved> {
  private readonly names: readonly string[];
  private readonly cells: readonly Cell[];
  private readonly options: { rows: number; every: number };
  private readonly room: Room;
  private readonly takes: number;
  private detector: NormalDetector | undefined;
  private fed = Number.NaN;
  private last: { score: number; departures: Departure[] } | undefined;

  constructor({ signal, with: others, every, learn }: DetectorOf<'together'>, cellOf: (signal: string) => Cell, room: Room) {
    const cells = [signal, ...others].map(cellOf);
    super(cells[0]!, saved);
    this.names = [signal, ...others];
    this.cells = cells;
    this.options = { rows: Math.ceil(ms(learn) / ms(every)), every: ms(every) };
    this.room = room;
    this.takes = Math.ceil(cells.length / signalsPerLearner);
  }

  protected take(at: number): void {
    const { every } = this.options;
    if (at - this.fed < every * (1 - slack)) return;
    this.fed = at;
    if (!this.detector && !this.begin()) return;
    const row: Record<string, number> = {};
    for (const [i, { value, at: heard }] of this.cells.entries())
      if (typeof value === 'number' && Math.abs(at - heard) <= every) row[this.names[i]!] = value;
    const { score, ready, since, signals } = this.detector!.observe(at, row);
    this.shows = ready ? since !== undefined : undefined;
    this.last = { score, departures: signals };
  }

  private begin(from?: z.infer<typeof normalState>): boolean {
    if (this.room.learners < this.takes) return false;
    this.detector = createNormal(this.names, this.options, from);
    this.room.learners -= this.takes;
    return true;
  }

  expected(): Band | undefined {
    return this.points()[0]?.band;
  }

  points(): Point[] {
    return this.last?.departures.map(({ signal, value, low, high }) => ({ signal, value, band: { low, high } })) ?? [];
  }

  oneIn(): number | undefined {
    return this.last && this.last.departures.length > 0 ? Math.round(1 / chanceFrom(this.last.score)) : undefined;
  }

  protected breakOff(): void {
    this.fed = Number.NaN;
    this.detector?.restart();
  }

  release(): void {
    if (this.detector) this.room.learners += this.takes;
    this.detector = undefined;
  }

  protected remember(): z.infer<typeof saved> {
    const { fed, last, detector } = this;
    return { fed: orNone(fed), last: last ?? null, learned: detector?.save() ?? null };
  }

  protected recall({ fed, last, learned }: z.infer<typeof saved>): void {
    this.release();
    if (learned) this.begin(learned);
    this.fed = fed ?? Number.NaN;
    this.last = (this.detector && last) ?? undefined;
  }
}
