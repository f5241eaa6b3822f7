import { z } from 'zod';
import { type Band, type Cell, orNone, type Probe, type Read } from './probe.ts';

/** What every learner saves beside its own. */
const common = z.object({ judgedAt: z.number().nullable(), shows: z.boolean().nullable() });

/**
 * A probe that learns what is usual for its signal before it judges. `take` learns from a number and sets `shows`; `recall` takes up what
 * `remember` gave. A number is taken once, however often the probe is asked.
 */
export abstract class Learner<Own extends z.ZodObject> implements Probe {
  readonly learns = true;
  protected shows: boolean | undefined;
  private readonly cell: Cell;
  private readonly saved: Own;
  private readonly minus: Read | undefined;
  private judgedAt = Number.NaN;

  /** @param minus what the number is counted from, where that is something else that moves */
  constructor(cell: Cell, saved: Own, minus?: Read) {
    this.cell = cell;
    this.saved = saved;
    this.minus = minus;
  }

  protected abstract take(at: number, value: number): void;
  protected abstract remember(): z.infer<Own>;
  protected abstract recall(saved: z.infer<Own>): void;
  /** Forgets what hangs together only without a break. */
  protected abstract breakOff(): void;
  abstract expected(): Band | undefined;

  judge(at: number): boolean | undefined {
    if (at <= this.judgedAt) return this.shows;
    const { value } = this.cell;
    const from = this.countedFrom();
    if (typeof value !== 'number' || from === undefined) return undefined;
    this.judgedAt = at;
    this.take(at, value - from);
    return this.shows;
  }

  protected countedFrom(): number | undefined {
    return this.minus ? this.minus() : 0;
  }

  reset(): void {
    this.judgedAt = Number.NaN;
    this.shows = undefined;
    this.breakOff();
  }

  save(): unknown {
    return { ...this.remember(), judgedAt: orNone(this.judgedAt), shows: this.shows ?? null };
  }

  load(state: unknown): void {
    const { judgedAt, shows } = common.parse(state);
    this.recall(this.saved.parse(state) as z.infer<Own>);
    this.judgedAt = judgedAt ?? Number.NaN;
    this.shows = shows ?? undefined;
  }
}
