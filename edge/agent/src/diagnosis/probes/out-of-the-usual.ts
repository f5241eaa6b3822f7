import type { DetectorOf } from '@wayside/packs';
import { z } from 'zod';
import type { Room } from '../room.ts';
import { createUnusual, type Detector, type Unusual, unusualState } from '../unusual/unusual.ts';
import { Learner } from './learner.ts';
import { Pace, paceState } from './pace.ts';
import { type Band, type Cell, ms } from './probe.ts';

/** What began when something unusual was announced: since when, the band it left, and how rare it was. */
const event = z.object({ since: z.number(), low: z.number(), high: z.number(), score: z.number() });
type Event = z.infer<typeof event>;

const saved = z.object({
  pace: paceState,
  first: z.number().nullable(),
  event: event.nullable(),
  learned: unusualState.nullable(),
});

/** A value that stays outside the band it left is told of for so long, ms; then it is how things are now. */
const stands = 86_400_000;

/**
 * The univariate detector of the unusual at a slow pace. It takes its memory from the room all share, and only once its signal is seen to
 * move; where no room is left it cannot tell.
 */
export class OutOfTheUsual extends Learner<typeof saved> {
  private readonly rare: number;
  private readonly learn: number;
  private readonly pace: Pace;
  private readonly room: Room;
  private detector: Detector | undefined;
  private first: number | undefined;
  private band: Band | undefined;
  private event: Event | undefined;

  constructor({ oneIn, every, learn }: DetectorOf<'unusual'>, cell: Cell, room: Room) {
    super(cell, saved);
    this.rare = Math.log10(oneIn);
    this.learn = ms(learn);
    this.pace = new Pace(ms(every));
    this.room = room;
  }

  protected take(at: number, number: number): void {
    const value = this.pace.add(at, number);
    if (value === undefined) return;
    this.first ??= value;
    if (!this.detector && value !== this.first && this.room.learners > 0) {
      this.room.learners--;
      this.detector = createUnusual(undefined, this.rare);
    }
    if (!this.detector) return;
    const result = this.detector.observe(at, value);
    this.band = { low: result.low, high: result.high };
    this.event = this.goesOn(at, value, result);
    this.shows = this.pace.span < this.learn ? undefined : this.event !== undefined;
  }

  /** An event goes on while the detector says so, and while the value stays outside the band it left. */
  private goesOn(at: number, value: number, { since, low, high, score }: Unusual): Event | undefined {
    const { event } = this;
    if (since !== undefined) return event?.since === since ? event : { since, low, high, score };
    return event && at - event.since < stands && (value < event.low || value > event.high) ? event : undefined;
  }

  expected(): Band | undefined {
    return this.event ? { low: this.event.low, high: this.event.high } : this.band;
  }

  oneIn(): number | undefined {
    return this.event && Math.round(1 / Math.max(1 - this.event.score, 1e-6));
  }

  protected breakOff(): void {
    this.pace.restart();
    this.detector?.restart();
  }

  release(): void {
    if (this.detector) this.room.learners++;
    this.detector = undefined;
  }

  protected remember(): z.infer<typeof saved> {
    const { pace, first, event, detector } = this;
    return { pace: pace.save(), first: first ?? null, event: event ?? null, learned: detector?.save() ?? null };
  }

  protected recall({ pace, first, event, learned }: z.infer<typeof saved>): void {
    this.release();
    if (learned && this.room.learners > 0) {
      this.room.learners--;
      this.detector = createUnusual(learned, this.rare);
    }
    this.pace.load(pace);
    this.first = first ?? undefined;
    this.event = event ?? undefined;
  }
}
