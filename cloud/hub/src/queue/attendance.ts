import type { Attendant, Attends, CaseWhisper } from '../api/types.ts';

/** Who has said nothing for so long has the case open no more; a console says it every 15 s. */
const hereMs = 40_000;
/** Who has typed nothing for so long writes no more. */
const writesMs = 8_000;
/** Of those who could crowd in. Beyond it the ones that came first are forgotten: this is a courtesy, not a record. */
const mostAtCase = 20;
const mostCases = 5_000;

type Seat = { name: string; until: number; writesUntil: number };

export type Attendance = {
  /** Somebody, at this hub or another, opened a case, writes in it or left it. */
  hear(news: Attends): void;
  /** Who has a case open now, without the one who asks. */
  at(caseId: string, but: string): Attendant[];
};

/**
 * Which technicians have which case open, and who of them writes. Each hub has all of it in memory, by what hubs tell each other; nothing is
 * stored. When it changes, those who have that case open are told, and nobody else.
 * @param whisper tells these technicians, by id
 */
export function createAttendance(now: () => number, whisper: (to: ReadonlySet<string>, news: CaseWhisper) => void): Attendance {
  const cases = new Map<string, Map<string, Seat>>();

  function present(caseId: string): Map<string, Seat> {
    const seats = cases.get(caseId) ?? new Map<string, Seat>();
    for (const [id, { until }] of seats) if (until <= now()) seats.delete(id);
    return seats;
  }
  const list = (seats: ReadonlyMap<string, Seat>): Attendant[] =>
    [...seats].map(([id, { name, writesUntil }]) => ({ id, name, writes: writesUntil > now() }));

  /** What was touched last stands last. */
  function keep<V>(map: Map<string, V>, key: string, value: V, most: number): void {
    map.delete(key);
    map.set(key, value);
    if (map.size > most) map.delete(map.keys().next().value as string);
  }

  return {
    hear({ case: caseId, id, name, does }) {
      const seats = present(caseId);
      const before = JSON.stringify(list(seats).find((one) => one.id === id));
      if (does === 'leaves') seats.delete(id);
      else keep(seats, id, { name, until: now() + hereMs, writesUntil: does === 'writes' ? now() + writesMs : 0 }, mostAtCase);
      if (seats.size === 0) cases.delete(caseId);
      else keep(cases, caseId, seats, mostCases);
      const here = list(seats);
      const others = new Set(here.flatMap((one) => (one.id === id ? [] : [one.id])));
      if (others.size > 0 && JSON.stringify(here.find((one) => one.id === id)) !== before)
        whisper(others, { event: 'attend', data: { case: caseId, here } });
    },
    at: (caseId, but) => list(present(caseId)).filter(({ id }) => id !== but),
  };
}
