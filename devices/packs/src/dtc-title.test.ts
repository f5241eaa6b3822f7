import { join } from 'node:path';
import { plainDtc } from '@wayside/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { meaningOfDtc } from './dtc-title.ts';
import { loadPack, type Pack } from './load.ts';
import { packsRoot } from './packs-root.ts';

let vehicle: Pack;
beforeAll(async () => {
  vehicle = await loadPack(join(packsRoot, 'vehicle'));
});
const meaning = (code: string) => meaningOfDtc(vehicle, code);

describe('the meaning of a trouble code', () => {
  it('is told in our own words where the pack has them', () => {
    expect(meaning('P0301')).toEqual({ title: { en: 'Misfire in cylinder 1', zh: '第 1 缸失火' }, known: 'exact', maker: false });
  });

  it('is told in the words of the list otherwise, with its area for a Chinese reader', () => {
    expect(meaning('P0309')).toEqual({
      title: { en: 'Cylinder 9 Misfire Detected', zh: '点火或失火（Cylinder 9 Misfire Detected）' },
      known: 'listed',
      maker: false,
    });
  });

  it('is its area alone where nothing else is known', () => {
    expect(meaning('P2799')).toEqual({ title: { en: 'Area: gearbox', zh: '范围：变速箱' }, known: 'area', maker: false });
  });

  it.each(['P1131', 'P3101', 'B1318', 'C1145', 'U1900', 'B2141'])('of %s is one of several, as each maker sets its own', (code) => {
    expect(meaning(code)?.maker).toBe(true);
  });

  it('of a listed maker code says that it is one maker’s', () => {
    expect(meaning('C1145')?.title.en).toMatch(/ \(at one maker\)$/);
  });

  it.each(['P0FFF', 'P3999', 'E4', 'B3000'])('of %s is not made up', (code) => {
    expect(meaning(code)).toBeUndefined();
  });

  it('is that of the base code when a device adds a failure type or sends raw bytes', () => {
    for (const written of ['P0301-11', 'p0301:00', 'P030162', '0x030111'])
      expect(meaning(plainDtc(written).code)?.title.en, written).toBe('Misfire in cylinder 1');
  });

  it('says how it failed where a control unit said so, by number alone where the pack has no words for it', () => {
    const told = (code: string, failureType: string) => meaningOfDtc(vehicle, code, failureType)?.title;
    expect(told('P0301', '13')).toEqual({
      en: 'Misfire in cylinder 1, open circuit (failure type 13)',
      zh: '第 1 缸失火，断路（故障类型 13）',
    });
    expect(told('P0301', 'E7')?.en).toBe('Misfire in cylinder 1 (failure type E7)');
    expect(told('P0301', '00')).toEqual(meaning('P0301')?.title);
    expect(told('P0FFF', '13')).toBeUndefined();
  });

  it('holds for every code the list has, and the list keeps to the numbering of SAE J2012', () => {
    const codes = [...(vehicle.dtcList ?? '').matchAll(/^([PCBU]\w{4}),/gm)].map(([, code]) => code as string);
    expect(codes.length).toBeGreaterThan(2_000);
    for (const code of codes) expect(meaning(code), code).toBeDefined();
    // Codes whose number is in their text: a list that slipped by a line would fail here.
    for (let cylinder = 1; cylinder <= 12; cylinder++)
      expect(vehicle.dtcList).toContain(`\nP03${String(cylinder).padStart(2, '0')},Cylinder ${cylinder} Misfire Detected`);
  });
});
