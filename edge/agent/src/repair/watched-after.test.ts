import { faultFile, type Pack, procedureFile, symptomFile } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import { watchedAfter } from './watched-after.ts';

const both = (text: string) => ({ en: text, zh: text });
const pack = {
  family: 'toy',
  ...symptomFile.parse({ symptoms: { slow: { title: both('Slow'), detect: { kind: 'limit', signal: 'speed', below: 1 } } } }),
  ...procedureFile.parse({
    procedures: { plug: { title: both('Plug'), steps: [{ id: 'plug', text: both('Change it.') }], confirm: { for: '2m', within: '1d' } } },
  }),
  ...faultFile.parse({
    faults: {
      misfire: {
        ...{
          title: both('Misfire'),
          explanation: both('It misfires.'),
          severity: 'warning',
          safety: 'gently',
          safetyAdvice: both('Gently.'),
        },
        ...{ prior: 0.01, symptoms: { slow: 0.4 }, dtcs: { P0301: 0.9 }, procedure: 'plug', source: 'made for this test' },
      },
    },
  }),
  dtcs: { P0301: { title: both('Cylinder 1') } },
  monitorsRun: { for: '5m' },
} as unknown as Pack;
const progress = { procedure: 'plug', fault: 'misfire', showed: [] };
const minutes = (ms: number | undefined) => (ms ?? 0) / 60_000;

describe('what is watched after a repair, and for how long', () => {
  it('is its symptoms, for as long as the procedure says', () => {
    const after = watchedAfter(pack, { ...progress, showed: ['slow'] }, [{ code: 'P0301' }]);
    expect(after?.watched.map(({ ref }) => ref)).toEqual(['slow']);
    expect(minutes(after?.needs)).toBe(2);
  });

  it('is its codes where nothing else showed, for as long as the machine needs to look for them again', () => {
    const after = watchedAfter(pack, progress, [{ code: 'P0301' }, { code: 'P0420' }]);
    expect(after?.watched.map(({ ref }) => ref)).toEqual(['P0301']);
    expect(minutes(after?.needs)).toBe(5);
  });

  it('is nothing for a procedure that was begun for no fault', () =>
    expect(watchedAfter(pack, { procedure: 'plug', showed: [] }, [])).toBeUndefined());
});
