import { type DtcState, normalizeDtc } from './dtc.ts';

/** A code in the one form this house keeps, with what the other form said besides. */
export type PlainDtc = {
  /** `P0301` (SAE J2012), `SPN100.FMI1` (SAE J1939-73), or the maker's own. */
  code: string;
  state?: DtcState;
  /** The failure type byte of ISO 15031-6 / SAE J2012-DA, two hex digits: how it failed (`11`: short to ground). */
  failureType?: string;
  /** How often it happened, where the form counts it (J1939: 0 to 126). */
  occurrences?: number;
};

const letters = ['P', 'C', 'B', 'U'] as const;

/**
 * The two bytes that OBD-II services 03, 07 and 0A give for one code (SAE J1979 §6.3): the top two bits are the letter.
 * @returns undefined for 0x0000, which pads a frame
 */
export function dtcFromObd(high: number, low: number): string | undefined {
  if (high === 0 && low === 0) return undefined;
  return `${letters[(high >> 6) & 3]}${(high >> 4) & 3}${(high & 15).toString(16)}${low.toString(16).padStart(2, '0')}`.toUpperCase();
}

/**
 * One record of UDS service 0x19 02 (ISO 14229-1 §12.3): three bytes of code, one of status.
 * @param bytes high, middle, low (the failure type), status
 */
export function dtcFromUds(bytes: readonly [number, number, number, number]): PlainDtc | undefined {
  const code = dtcFromObd(bytes[0], bytes[1]);
  if (!code) return undefined;
  return { code, failureType: hex(bytes[2]), state: stateOfUds(bytes[3]) };
}

/** ISO 14229-1 Annex D.2: bit 3 confirmedDTC, bit 2 pendingDTC, bit 0 testFailed. */
export const stateOfUds = (status: number): DtcState => (status & 0x08 ? 'confirmed' : status & 0x05 ? 'pending' : 'cleared');

/**
 * The codes in a DM1 or DM2 message (SAE J1939-73 §5.7.1): two bytes of lamps, then four bytes each: 19 bits SPN, 5 bits FMI, the
 * conversion method, 7 bits of occurrence count. Version 4 of the layout (conversion method 0), the one in use since 1996.
 */
export function dtcsFromDm1(bytes: Uint8Array): PlainDtc[] {
  const found: PlainDtc[] = [];
  for (let i = 2; i + 3 < bytes.length; i += 4) {
    const [a, b, c, d] = [bytes[i]!, bytes[i + 1]!, bytes[i + 2]!, bytes[i + 3]!];
    const spn = a | (b << 8) | ((c >> 5) << 16);
    // All zeros means "none active", all ones "not available".
    if ((spn === 0 && (c & 31) === 0) || spn === 0x7ffff) continue;
    found.push({ code: `SPN${spn}.FMI${c & 31}`, state: 'confirmed', occurrences: d & 127 });
  }
  return found;
}

/**
 * A code as any device writes it, in our form: `p0301`, `P0301-11`, `P0301:11`, `0x0301`, `SPN 100 FMI 1`, `100/1` with `j1939`.
 * A maker's own code comes back as it was, upper case, odd characters made `.`.
 */
export function plainDtc(text: string): PlainDtc {
  const trimmed = text.trim();
  const withType = /^([PCBU][0-3][0-9A-F]{3})[\s:/-]?([0-9A-F]{2})$/i.exec(trimmed);
  if (withType) return { code: withType[1]!.toUpperCase(), failureType: withType[2]!.toUpperCase() };
  const bytes = /^0x([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})?$/i.exec(trimmed);
  if (bytes) {
    const code = dtcFromObd(Number.parseInt(bytes[1]!, 16), Number.parseInt(bytes[2]!, 16));
    if (code) return { code, ...(bytes[3] ? { failureType: bytes[3].toUpperCase() } : {}) };
  }
  const j1939 = /^(?:j1939[:\s]*)?spn[\s:=]*(\d{1,6})[\s,;./-]*fmi[\s:=]*(\d{1,2})$/i.exec(trimmed);
  if (j1939) return { code: `SPN${Number(j1939[1])}.FMI${Number(j1939[2])}` };
  return { code: normalizeDtc(trimmed) ?? trimmed.replace(/[^A-Za-z0-9._:-]/g, '.') };
}

const hex = (byte: number) => byte.toString(16).padStart(2, '0').toUpperCase();
