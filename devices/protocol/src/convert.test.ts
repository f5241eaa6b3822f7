import { describe, expect, it } from 'vitest';
import { canonicalUnit, conversion } from './convert.ts';
import { dtcFromUds, dtcsFromDm1, plainDtc } from './dtc-forms.ts';

describe('units', () => {
  it.each([
    ['°F', 212, 'celsius', 100],
    ['celsius', 100, '°F', 212],
    ['psi', 32, 'kPa', 220.632_233],
    ['bar', 1.5, 'kPa', 150],
    ['mph', 60, 'km/h', 96.560_64],
    ['gpm', 10, 'l/min', 37.854_117_84],
    ['Wh', 2690.73, 'kWh', 2.69073],
  ])('%s %d is %s %d', (from, value, to, wanted) => expect(conversion(from, to)?.(value)).toBeCloseTo(wanted, 5));

  it('there is no way from kPa to celsius', () => expect(conversion('kPa', 'celsius')).toBeUndefined());
  it('a unit nobody knows stays as it is', () => expect(canonicalUnit('furlong')).toBe('furlong'));
});

describe('trouble codes as others write them', () => {
  it.each([
    ['p0301', 'P0301'],
    ['P 0301', 'P0301'],
    ['0x0301', 'P0301'],
    ['0xC100', 'U0100'],
    ['SPN 100 FMI 1', 'SPN100.FMI1'],
    ['spn=110, fmi=0', 'SPN110.FMI0'],
    ['E4', 'E4'],
  ])('%s is %s', (written, code) => expect(plainDtc(written).code).toBe(code));

  it('keeps the failure type', () => expect(plainDtc('P0301-11')).toEqual({ code: 'P0301', failureType: '11' }));

  // ISO 14229-1 Annex D.2: 0x2F has testFailed, pending and confirmed set; 0x04 is pending alone; 0x10 only "not completed since clear".
  it.each([
    [0x2f, 'confirmed'],
    [0x04, 'pending'],
    [0x10, 'cleared'],
  ] as const)('UDS status %i is %s', (status, state) =>
    expect(dtcFromUds([0x03, 0x01, 0x00, status])).toEqual({ code: 'P0301', failureType: '00', state }),
  );

  it('reads a DM1 message: oil pressure low, coolant hot', () =>
    expect(dtcsFromDm1(Uint8Array.of(0x04, 0xff, 100, 0, 1, 3, 110, 0, 0, 1))).toEqual([
      { code: 'SPN100.FMI1', state: 'confirmed', occurrences: 3 },
      { code: 'SPN110.FMI0', state: 'confirmed', occurrences: 1 },
    ]));

  it('an SPN of nineteen bits keeps its top three', () =>
    expect(dtcsFromDm1(Uint8Array.of(0, 0, 0x00, 0xf0, 0xe5, 1))[0]?.code).toBe(`SPN${0xf000 + (7 << 16)}.FMI5`));

  it('a DM1 message without codes has none', () => expect(dtcsFromDm1(Uint8Array.of(0, 0xff, 0, 0, 0, 0, 0xff, 0xff))).toEqual([]));
});
