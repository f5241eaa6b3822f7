import type { Truth } from '../hvac-labels.ts';
import type { Day } from '../hvac-read.ts';
import { randomOf } from '../random.ts';
import { drawWeather, playDay } from './days.ts';
import { drawFault, drawUnit, type Fault } from './unit.ts';

const dayLong = 86_400_000;
const start = Date.UTC(2026, 2, 2);
const daysEach = 10;
/** So many days without a fault come first. */
const healthyFirst = 2;

/** Ten days of one unit, each in other weather; from the third on every second one has a fault, from midnight to midnight. */
export function liveLife(seed: number): { day: Day; truth: Truth }[] {
  const random = randomOf(seed, 'air handler');
  const unit = drawUnit(random);
  return Array.from({ length: daysEach }, (_, d) => {
    const fault = d >= healthyFirst && random.chance(0.5) ? drawFault(random) : undefined;
    const weather = drawWeather(random);
    const play = (put: Fault | undefined) => playDay(unit, weather, put, start + d * dayLong, seed * daysEach + d);
    const day = { ...play(fault), file: `unit ${seed}` };
    return { day, truth: fault === undefined ? 'none' : shows(day, play(undefined)) ? truthOf(fault) : 'leave out' };
  });
}

/** Whether anybody could see it: for an hour in all, air or valves were elsewhere than on the same day without the fault. */
function shows(day: Day, without: Day): boolean {
  const apart = (i: number, signal: string) =>
    Math.abs(Number(day.minutes[i]!.signals[signal]) - Number(without.minutes[i]!.signals[signal]));
  const odd = day.minutes.filter(
    (_, i) =>
      apart(i, 'supply_air_temperature') > 1.5 ||
      apart(i, 'mixed_air_temperature') > 1.5 ||
      apart(i, 'cooling_valve_command') > 20 ||
      apart(i, 'heating_valve_command') > 20,
  );
  return odd.length >= 60;
}

const truthOf = ({ part, way }: Fault): Truth => (part === 'outdoor sensor' || way === 'off' ? 'unnamed' : `${part} ${way}`);
