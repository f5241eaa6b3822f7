import { z } from 'zod';
import type { Band, Probe, Read } from './probe.ts';

/** What every learner saves beside its own. */
const common = z.object({ judgedAt: z.number().nullable(), shows: z.boolean().nullable() });

/**
 * A probe that learns what is usual for its signal before it judges. `take` learns from a number and sets `shows`; `recall` takes up what
 * `remember` gave. A number is taken once, however often the probe is asked.
 */
export abstract class Learner<Own extends z.ZodObject> implements Probe {
  readonly learns = true;
  protected shows: boolean | undefined;
  private readonly read: Read;
  private readonly saved: Own;
  private judgedAt = Number.NaN;

  constructor(read: Read, saved: Own) {
    this.read = read;
    this.saved = saved;
  }

  protected abstract take(at: number, value: number): void;
  protected abstract remember(): z.infer<Own>;
  protected abstract recall(saved: z.infer<Own>): void;
  /** Forgets what hangs together only without a break. */
  protected abstract breakOff(): void;
  abstract expected(): Band | undefined;

  judge(at: number): boolean | undefined {
    if (at <= this.judgedAt) return this.shows;
    const value = this.read();
    if (value === undefined) return undefined;
    this.judgedAt = at;
    this.take(at, value);
    return this.shows;
  }

  reset(): void {
    this.judgedAt = Number.NaN;
    this.shows = undefined;
    this.breakOff();
  }

  save(): unknown {
    return { ...this.remember(), judgedAt: Number.isNaN(this.judgedAt) ? null : this.judgedAt, shows: this.shows ?? null };
  }

  load(state: unknown): void {
    const { judgedAt, shows } = common.parse(state);
    this.recall(this.saved.parse(state) as z.infer<Own>);
    this.judgedAt = judgedAt ?? Number.NaN;
    this.shows = shows ?? undefined;
  }
}
