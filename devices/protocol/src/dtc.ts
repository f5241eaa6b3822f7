import { z } from 'zod';
import { signalName } from './ids.ts';
import { at, value } from './sample.ts';

export const dtcState = z.enum(['pending', 'confirmed', 'cleared']);
export type DtcState = z.infer<typeof dtcState>;

/** A device's own trouble code: SAE J2012 such as `P0301`, or a maker's own such as `E4`. */
export const dtcCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,31}$/, 'a code is 1 to 32 of A-Z a-z 0-9 . _ : -');

/** A code as devices write it; `plainDtc` makes it a `dtcCode`. */
export const writtenDtcCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ,;=/._:-]{0,47}$/, 'a code is 1 to 48 of A-Z a-z 0-9 space , ; = / . _ : -');

/** What a device publishes on `…/dtc`: SAE J2012 (`P0301`), with a failure type (`P0301-11`), raw bytes (`0x0301`) or SAE J1939 (`SPN 100 FMI 1`). */
export const dtc = z.object({
  at: at.optional(),
  code: writtenDtcCode,
  state: dtcState,
  freezeFrame: z.record(signalName, value).optional(),
});
export type Dtc = z.infer<typeof dtc>;

/**
 * A code as heard, written one way: `p 0301`, `P-0301` and `P0301` are one code (SAE J2012 form).
 * @returns the upper-case code, or undefined when it is not a J2012 code
 */
export function normalizeDtc(text: string): string | undefined {
  const compact = text.toUpperCase().replace(/[\s-]/g, '');
  return /^[PCBU][0-3][0-9A-F]{3}$/.test(compact) ? compact : undefined;
}

export const dtcExample: Dtc = {
  at: '2026-11-22T10:00:00.000Z',
  code: 'P0301',
  state: 'confirmed',
  freezeFrame: { 'Vehicle.Speed': 48, 'Vehicle.Powertrain.CombustionEngine.Speed': 2150 },
};
