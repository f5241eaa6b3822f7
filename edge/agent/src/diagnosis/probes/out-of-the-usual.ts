import type { DetectorOf } from '@wayside/packs';
import { z } from 'zod';
import type { Room } from '../room.ts';
import { createUnusual, type Detector, type Unusual, unusualState } from '../unusual/unusual.ts';
import { Learner } from './learner.ts';
import { Pace, paceState } from './pace.ts';
import { type Band, ms, type Read } from './probe.ts';

const saved = z.object({
  pace: paceState,
  first: z.number().nullable(),
  last: z.object({ score: z.number(), low: z.number(), high: z.number(), since: z.number().optional() }).nullable(),
  rarest: z.number(),
  learned: unusualState.nullable(),
});

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
  private last: Unusual | undefined;
  private rarest = 0;

  constructor({ oneIn, every, learn }: DetectorOf<'unusual'>, read: Read, room: Room) {
    super(read, saved);
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
    this.last = this.detector?.observe(at, value);
    this.rarest = this.last?.since === undefined ? 0 : Math.max(this.rarest, this.last.score);
    this.shows = !this.last || this.pace.span < this.learn ? undefined : this.last.since !== undefined;
  }

  expected(): Band | undefined {
    return this.last && { low: this.last.low, high: this.last.high };
  }

  oneIn(): number {
    return Math.round(1 / Math.max(1 - this.rarest, 1e-6));
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
    const { pace, first, last, rarest, detector } = this;
    return { pace: pace.save(), first: first ?? null, last: last ?? null, rarest, learned: detector?.save() ?? null };
  }

  protected recall({ pace, first, last, rarest, learned }: z.infer<typeof saved>): void {
    this.release();
    if (learned && this.room.learners > 0) {
      this.room.learners--;
      this.detector = createUnusual(learned, this.rare);
    }
    this.pace.load(pace);
    this.first = first ?? undefined;
    this.last = (this.detector && last) ?? undefined;
    this.rarest = rarest;
  }
}
