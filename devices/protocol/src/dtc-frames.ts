import { z } from 'zod';
import { type Dtc, dtcState } from './dtc.ts';
import { dtcFromUds, dtcsFromDm1, type PlainDtc } from './dtc-forms.ts';
import { signalName } from './ids.ts';
import { at, value } from './sample.ts';

/** Bytes in hexadecimal, spaces as one likes: no more than a multi-packet J1939 message holds (1785). */
const bytes = z
  .string()
  .max(5400)
  .regex(/^\s*(?:[0-9A-Fa-f]{2}\s*){4,1785}$/, 'bytes are pairs of hexadecimal digits');

/**
 * Codes as a bus gives them, for gateways that pass frames on, on the topic of codes: the records of UDS service 0x19 02 (ISO 14229-1, four
 * bytes each: code, failure type, status), or a whole J1939 DM1 message (SAE J1939-73).
 */
export const dtcFrames = z.union([
  z.strictObject({ at: at.optional(), uds: bytes, freezeFrame: z.record(signalName, value).optional() }),
  z.strictObject({ at: at.optional(), dm1: bytes, freezeFrame: z.record(signalName, value).optional() }),
]);
export type DtcFrames = z.infer<typeof dtcFrames>;

export const dtcFramesExample: DtcFrames = { at: '2026-11-22T10:00:00.000Z', uds: '03 01 11 2F', freezeFrame: { 'Vehicle.Speed': 48 } };

/** Each code of the frames as a device of our own would tell it. Of UDS a record that is cut short is left out. */
export function dtcsOf(frames: DtcFrames): Dtc[] {
  const pairs = ('uds' in frames ? frames.uds : frames.dm1).match(/[0-9A-Fa-f]{2}/g) ?? [];
  const raw = Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
  const { at, freezeFrame } = frames;
  return ('uds' in frames ? recordsOf(raw) : dtcsFromDm1(raw)).map(({ code, failureType, state = 'confirmed' }) => ({
    code: failureType === undefined ? code : `${code}-${failureType}`,
    state: dtcState.parse(state),
    ...(at === undefined ? {} : { at }),
    ...(freezeFrame === undefined ? {} : { freezeFrame }),
  }));
}

function recordsOf(raw: Uint8Array): PlainDtc[] {
  const found: PlainDtc[] = [];
  for (let i = 0; i + 3 < raw.length; i += 4) {
    const one = dtcFromUds([raw[i]!, raw[i + 1]!, raw[i + 2]!, raw[i + 3]!]);
    if (one) found.push(one);
  }
  return found;
}
