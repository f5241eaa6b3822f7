export type Told = { event: string; data: unknown };

/** A slow reader may fall so many events behind; then its stream ends, and it comes back for the present. */
const limit = 500;

type Readings = { event: 'readings'; data: { thing: string; signals: object } };
const isReadings = (told: Told): told is Readings => told.event === 'readings';

/**
 * What waits for one reader of an event stream, in order. Readings of a thing join those of it that still wait: who reads slowly
 * falls behind in detail, not in time, and what waits is bounded by what the site has.
 */
export class Backlog {
  private waiting: Told[] = [];
  private readonly readings = new Map<string, Readings>();

  add(told: Told): void {
    if (!isReadings(told)) {
      this.waiting.push(told);
      return;
    }
    const { thing, signals } = told.data;
    const before = this.readings.get(thing);
    const joined: Readings = { event: 'readings', data: { thing, signals: { ...before?.data.signals, ...signals } } };
    if (before) before.data = joined.data;
    else {
      this.readings.set(thing, joined);
      this.waiting.push(joined);
    }
  }

  /** All that waits. */
  take(): Told[] {
    const taken = this.waiting;
    this.waiting = [];
    this.readings.clear();
    return taken;
  }

  get isTooLong(): boolean {
    return this.waiting.length - this.readings.size >= limit;
  }
}
