import { epochOf, type Telemetry, type Value } from '@wayside/protocol';

/** One message of telemetry as a row: its time by the device's clock (epoch ms), if it said one, and of each signal its value. */
export type Row = { at: number | undefined; signals: readonly string[]; values: readonly Value[] };

export const rowOf = ({ at, signals }: Telemetry): Row => ({
  at: at === undefined ? undefined : epochOf(at),
  signals: Object.keys(signals),
  values: Object.values(signals),
});
