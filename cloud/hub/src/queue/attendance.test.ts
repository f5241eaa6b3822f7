import { beforeEach, describe, expect, it } from 'vitest';
import type { Attends } from '../api/types.ts';
import { type Attendance, createAttendance } from './attendance.ts';

describe('who has a case open', () => {
  let at: number;
  let told: [string[], string[]][];
  let room: Attendance;
  beforeEach(() => {
    at = 0;
    told = [];
    room = createAttendance(
      () => at,
      (to, { data }) => told.push([[...to], data.here.map(({ id, writes }) => (writes ? `${id} writes` : id))]),
    );
  });
  const say = (id: string, does: Attends['does'], caseId = 'c') => room.hear({ case: caseId, id, name: id, does });

  it('is told to the others there when it changes, and to nobody else', () => {
    say('ada', 'looks');
    say('eve', 'looks', 'other');
    expect(told).toEqual([]);
    say('ben', 'looks');
    say('ben', 'writes');
    say('ben', 'writes');
    say('ben', 'looks');
    say('ben', 'leaves');
    expect(told).toEqual([
      [['ada'], ['ada', 'ben']],
      [['ada'], ['ada', 'ben writes']],
      [['ada'], ['ada', 'ben']],
      [['ada'], ['ada']],
    ]);
  });

  it('is forgotten when it is not said again', () => {
    say('ada', 'looks');
    say('ben', 'writes');
    expect(room.at('c', 'ada')).toEqual([{ id: 'ben', name: 'ben', writes: true }]);
    at = 9_000;
    expect(room.at('c', 'ada')).toEqual([{ id: 'ben', name: 'ben', writes: false }]);
    at = 41_000;
    expect(room.at('c', 'ada')).toEqual([]);
  });

  it('is kept of so many and no more', () => {
    for (let n = 0; n < 30; n++) say(`t${n}`, 'looks');
    expect(room.at('c', '')).toHaveLength(20);
    for (let n = 0; n < 6_000; n++) say('ada', 'looks', `c${n}`);
    expect(room.at('c0', '')).toEqual([]);
    expect(room.at('c5999', '')).toHaveLength(1);
  });
});
