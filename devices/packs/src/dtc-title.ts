import type { Localized } from '@wayside/protocol';
import type { Pack } from './load.ts';

/**
 * What a trouble code means, and how much that says: `exact` in the pack's own words, `listed` in the words of its list (English),
 * `area` only the part of the machine. `maker`: every maker gives this code a meaning of its own, so whatever is told is one of several.
 */
export type DtcMeaning = { title: Localized; known: 'exact' | 'listed' | 'area'; maker: boolean };

type Codes = Pick<Pack, 'dtcs' | 'dtcAreas' | 'dtcList' | 'failureTypes'>;

/**
 * @param failureType the two hex digits a control unit added to the code: they say how it failed
 * @returns undefined for a code the pack knows nothing about
 */
export function meaningOfDtc(pack: Codes, code: string, failureType?: string): DtcMeaning | undefined {
  const meaning = meaningOfCode(pack, code);
  return meaning && failureType && failureType !== noSubtype
    ? { ...meaning, title: withFailure(meaning.title, failureType, pack.failureTypes?.[failureType]) }
    : meaning;
}

/** SAE J2012-DA: the code alone says all there is to say. */
const noSubtype = '00';

const withFailure = (title: Localized, type: string, how: Localized | undefined): Localized => ({
  en: `${title.en}${how ? `, ${how.en}` : ''} (failure type ${type})`,
  zh: `${title.zh}${how ? `，${how.zh}` : ''}（故障类型 ${type}）`,
});

function meaningOfCode(pack: Codes, code: string): DtcMeaning | undefined {
  const area = areaOf(pack.dtcAreas ?? {}, code);
  const maker = area?.maker ?? false;
  const exact = Object.hasOwn(pack.dtcs, code) ? pack.dtcs[code] : undefined;
  if (exact) return { title: exact.title, known: 'exact', maker };
  const listed = entryOf(pack.dtcList ?? '', code);
  if (listed) return { title: told(listed, area?.title, maker), known: 'listed', maker };
  return area && { title: { en: `Area: ${area.title.en}`, zh: `范围：${area.title.zh}` }, known: 'area', maker };
}

function told(listed: string, area: Localized | undefined, maker: boolean): Localized {
  if (maker) return { en: `${listed} (at one maker)`, zh: `${listed}（某一品牌的含义）` };
  // The list speaks English; the area tells a Chinese reader at least where to look.
  return { en: listed, zh: area ? `${area.zh}（${listed}）` : listed };
}

/** The area with the longest prefix of the code (SAE J2012: letter, kind, then the group of the system). */
function areaOf(areas: NonNullable<Pack['dtcAreas']>, code: string) {
  for (let length = code.length; length > 0; length--) {
    const area = Object.hasOwn(areas, code.slice(0, length)) ? areas[code.slice(0, length)] : undefined;
    if (area) return area;
  }
  return undefined;
}

/** The list stays one string: two thousand titles as an object would weigh several times as much, for a look-up once in a while. */
function entryOf(list: string, code: string): string | undefined {
  const start = list.indexOf(`\n${code},`);
  if (start < 0) return undefined;
  const from = start + code.length + 2;
  const end = list.indexOf('\n', from);
  return list.slice(from, end < 0 ? undefined : end);
}
