import { liveEveryMs, mostLiveSignals, type VisitEnd, type VisitFrame } from '@wayside/contract';
import type { Action } from '@wayside/protocol';
import type { Reading } from '../commands/interlock.ts';
import { localizedTitle } from '../packs/title.ts';
import type { HubDoor } from '../sync/hub.ts';
import type { Visit } from './keep.ts';

/** What is looked at: the machine as it is now. */
export type Watched = {
  signals: Readonly<Record<string, { title: Parameters<typeof localizedTitle>[0]; unit?: string | undefined }>>;
  actions: Readonly<Record<string, Action>>;
  latest: ReadonlyMap<string, Reading>;
};

/** Without an answer of the hub for so long, nobody is known to look any more. */
const silentMs = 15_000;

/**
 * Sends what a machine measures for as long as a visit lasts: until its time is over, the hub says that nobody looks, or does not answer.
 * @param watched the machine as it is now; undefined when it is gone
 * @param onEnd why it ended by itself; not called after `stop`
 */
export function streamVisit(
  visit: Visit,
  parts: { hub: Pick<HubDoor, 'live'>; watched(): Watched | undefined; now(): number; onEnd(why: VisitEnd): void },
): { stop(): void } {
  const { hub, watched, now, onEnd } = parts;
  const sent = new Map<string, number>();
  let heardAt = now();
  let first = true;
  let timer: NodeJS.Timeout | undefined;
  let over = false;

  function end(why: VisitEnd): void {
    if (over) return;
    over = true;
    onEnd(why);
  }

  async function tell(): Promise<void> {
    const machine = watched();
    if (now() >= visit.until || !machine) return end('time');
    const frame = frameOf(visit.visit, machine, sent, first, now());
    try {
      const { on } = await hub.live(frame);
      heardAt = now();
      if (!on) return end('left');
      first = false;
      for (const [name, { at }] of Object.entries(frame.readings)) sent.set(name, at);
    } catch {
      // What was not heard is told again: it is not marked as sent.
      if (now() - heardAt > silentMs) return end('link');
    }
  }

  const again = () => {
    void tell().finally(() => {
      if (!over) timer = setTimeout(again, liveEveryMs);
    });
  };
  again();
  return {
    stop() {
      over = true;
      clearTimeout(timer);
    },
  };
}

/** What changed since it was last sent; the first frame also says what it means and what the machine can do. */
function frameOf(visit: string, machine: Watched, sent: ReadonlyMap<string, number>, first: boolean, now: number): VisitFrame {
  const names = Object.keys(machine.signals)
    .filter((name) => machine.latest.has(name))
    .slice(0, mostLiveSignals);
  const readings: VisitFrame['readings'] = {};
  for (const name of names) {
    const { value, observedAt } = machine.latest.get(name) as Reading;
    const at = Math.floor(observedAt);
    if (at > (sent.get(name) ?? 0)) readings[name] = { at, value };
  }
  return { visit, at: Math.floor(now), readings, ...(first ? described(machine, names) : {}) };
}

const described = ({ signals, actions }: Watched, names: readonly string[]): Pick<VisitFrame, 'signals' | 'actions'> => ({
  signals: Object.fromEntries(
    names.map((name) => {
      const { title, unit } = signals[name] as Watched['signals'][string];
      return [name, { title: localizedTitle(title, name), ...(unit ? { unit } : {}) }];
    }),
  ),
  // What is never carried out is not offered either.
  actions: Object.fromEntries(
    Object.entries(actions)
      .filter(([, { risk }]) => risk !== 'R3')
      .map(([name, { interlocks: _, expect: __, ...action }]) => [name, { ...action, title: localizedTitle(action.title, name) }]),
  ),
});
