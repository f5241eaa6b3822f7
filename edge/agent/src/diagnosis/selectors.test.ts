import { type Pack, symptomFile } from '@wayside/packs';
import type { Signal } from '@wayside/protocol';
import { describe, expect, it } from 'vitest';
import { createBank } from './detect.ts';

const title = { en: 'x', zh: 'x' };
const start = 1_795_341_600_000;
const { symptoms }: Pick<Pack, 'symptoms'> = symptomFile.parse({
  symptoms: {
    'battery-low': { title, detect: { kind: 'limit', signal: { kind: 'battery', unit: 'percent' }, below: 15 } },
    wet: { title, detect: { kind: 'state', signal: { kind: ['moisture', 'water'], type: 'boolean' }, states: [true] } },
    high: { title, detect: { kind: 'limit', signal: { type: 'number', except: 'battery' }, above: 100 } },
  },
});
const signals: Record<string, Signal> = {
  battery: { title: 'Battery', type: 'number', unit: 'percent', kind: 'battery' },
  spare_battery: { title: 'Spare', type: 'number', unit: 'percent', kind: 'battery' },
  cell: { title: 'Cell', type: 'number', unit: 'V', kind: 'battery' },
  leak: { title: 'Leak', type: 'boolean', kind: 'moisture' },
  level: { title: 'Level', type: 'number' },
};
const say = (bank: ReturnType<typeof createBank>, at: number, values: Record<string, number | boolean>) =>
  bank
    .observe(Object.entries(values).map(([signal, value]) => ({ signal, value, observedAt: start + at })))
    .map(({ symptom, signal, active }) => `${symptom} ${signal} ${active}`);

describe('a selector', () => {
  it('sets its detector on every signal it finds, by kind, unit and type, and on no other', () => {
    const bank = createBank(symptoms, signals);
    expect(say(bank, 0, { battery: 7, spare_battery: 90, cell: 2.9, leak: true, level: 101 })).toEqual([
      'battery-low battery true',
      'wet leak true',
      'high level true',
    ]);
  });

  it('says on which signals a symptom shows, and the longest of them in one', () => {
    const bank = createBank(symptoms, signals);
    say(bank, 0, { battery: 90, spare_battery: 9 });
    say(bank, 60_000, { battery: 8, spare_battery: 9 });
    expect(bank.showing('battery-low').map(({ signal, value, band }) => [signal, value, band])).toEqual([
      ['battery', 8, { low: 15 }],
      ['spare_battery', 9, { low: 15 }],
    ]);
    expect(bank.state().get('battery-low')).toMatchObject({ active: true, signal: 'spare_battery' });
    say(bank, 120_000, { battery: 8, spare_battery: 90 });
    say(bank, 180_000, { spare_battery: 90 });
    expect(bank.state().get('battery-low')).toMatchObject({ active: true, signal: 'battery' });
  });

  it('takes an absence for one only when it is absent on every signal that was heard', () => {
    const bank = createBank(symptoms, signals);
    say(bank, 0, { battery: 90 });
    expect(bank.covered().has('battery-low')).toBe(true);
    say(bank, 20 * 60_000, { spare_battery: 90 });
    expect(bank.covered().has('battery-low')).toBe(false);
  });

  it('finds signals that nobody declared by the type of their first value', () => {
    const bank = createBank(symptoms, {});
    expect(say(bank, 0, { battery: 3, leak: true, odd: 400 })).toEqual(['high odd true']);
  });

  it('looks at no more signals of one thing, and of a site, than there is room for', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`s${i}`, 400]));
    expect(say(createBank(symptoms, {}), 0, many)).toHaveLength(128);
    const room = { learners: 0, selected: 10 };
    const bank = createBank(symptoms, {}, room);
    expect(say(bank, 0, many)).toHaveLength(10);
    bank.release();
    expect(room.selected).toBe(10);
  });

  it('goes on after a restart on undeclared signals too', () => {
    const bank = createBank(symptoms, {});
    say(bank, 0, { odd: 400 });
    const again = createBank(symptoms, {});
    again.restore(JSON.parse(JSON.stringify(bank.snapshot())));
    expect(again.showing('high')).toMatchObject([{ signal: 'odd', since: start }]);
    say(again, 1_000, { odd: 4 });
    expect(say(again, 60_000, { odd: 4 })).toEqual([]);
    expect(again.showing('high')).toEqual([]);
  });
});

describe('what the edge knows itself', () => {
  const presence: Pack['symptoms'] = symptomFile.parse({
    symptoms: { offline: { title, detect: { kind: 'state', signal: 'wayside.presence', states: ['offline'], for: '10m' } } },
  }).symptoms;

  it('goes by the edge’s clock, whatever the device says it is', () => {
    const bank = createBank(presence);
    say(bank, -20 * 60_000, { level: 1 });
    expect(bank.tell('wayside.presence', 'offline', start)).toEqual([]);
    expect(bank.tick(start + 9 * 60_000)).toEqual([]);
    expect(bank.tick(start + 10 * 60_000)).toMatchObject([{ symptom: 'offline', active: true, since: start }]);
    expect(bank.tell('wayside.presence', 'online', start + 11 * 60_000)).toEqual([]);
    expect(bank.tick(start + 12 * 60_000)).toMatchObject([{ active: false }]);
  });
});
