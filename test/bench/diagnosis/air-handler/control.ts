import type { Told, Unit } from './unit.ts';

/** What a controller remembers: where it is between full heating (-1), outdoor air and full cooling. */
export type Control = { step: number; sum: number };
export type Seen = { supply: number; outdoor: number; return: number; hour: number; load: number };

/** Kelvin of error to share of the range; and the minutes in which the integral does the same again. */
const gain = 0.03;
const integral = 8;

/**
 * One minute of a common sequence (ASHRAE Guideline 36-2021, 5.16.2): one loop on the supply air goes from heating over free cooling by
 * the outdoor damper to mechanical cooling; free cooling is off above the high limit.
 */
export function control(unit: Unit, before: Control, seen: Seen, setpoint: number): { told: Told; control: Control; occupied: boolean } {
  const occupied = seen.hour >= unit.hours[0] && seen.hour < unit.hours[1];
  if (!occupied && !unit.runsAtNight)
    return { told: { running: false, speed: 0.2, damper: 0, cooling: 0, heating: 0 }, control: { step: 0, sum: 0 }, occupied };
  const free = seen.outdoor < (unit.differential ? seen.return - 1 : unit.highLimit);
  const error = seen.supply - setpoint;
  const top = free ? 2 : 1;
  const sum = Math.min(top, Math.max(-1, before.sum + (gain * error) / integral));
  const step = Math.min(top, Math.max(-1, sum + gain * error));
  const share = (from: number) => Math.min(1, Math.max(0, step - from));
  const least = occupied ? unit.minimum : 0;
  return {
    told: {
      running: true,
      speed: occupied ? 0.45 + 0.5 * seen.load : 0.3,
      damper: free ? least + (1 - least) * share(0) : least,
      cooling: share(free ? 1 : 0),
      heating: Math.min(1, Math.max(0, -step)),
    },
    control: { step, sum },
    occupied,
  };
}
