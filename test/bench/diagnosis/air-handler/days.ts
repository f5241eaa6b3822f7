import type { Day, Minute } from '../hvac-read.ts';
import { type Random, randomOf } from '../random.ts';
import { control } from './control.ts';
import { type Air, type Fault, nextAir, type Told, toward, type Unit } from './unit.ts';

/** The weather and the use of one day. */
export type Weather = { mean: number; swing: number; load: number };
export const drawWeather = ({ between }: Random): Weather => ({ mean: between(-4, 29), swing: between(2, 7), load: between(0.3, 0.9) });

const morning = { outdoor: 15, return: 22, mixed: 22, supply: 22 };

/** A day of a unit, minute by minute, as its sensors and its controller tell it. The same seed gives the same weather and noise. */
export function playDay(unit: Unit, weather: Weather, fault: Fault | undefined, start: number, seed: number): Day {
  const random = randomOf(seed, 'day');
  const noise = () => 0.08 * random.normal();
  let air: Air = morning;
  let state = { step: 0, sum: 0 };
  let told: Told = { running: false, speed: 0.2, damper: 0, cooling: 0, heating: 0 };
  let gust = 0;
  const minutes: Minute[] = [];
  for (let minute = 0; minute < 1440; minute++) {
    const hour = minute / 60;
    gust = 0.98 * gust + 0.06 * random.normal();
    const outdoor = weather.mean + weather.swing * Math.sin(((hour - 9) / 24) * 2 * Math.PI) + gust;
    const load = Math.min(1, Math.max(0.05, weather.load + 0.25 * Math.sin(((hour - 8) / 24) * 2 * Math.PI)));
    const rooms = 21 + 2 * load + (told.running && air.supply > 18 && weather.mean > 14 ? 1.5 : 0);
    air = nextAir(unit, { ...air, outdoor, return: toward(air.return, rooms, 60) }, told, water(unit, outdoor), fault);
    const { errors } = unit;
    const seen = {
      supply: air.supply + errors.supply + noise(),
      mixed: air.mixed + errors.mixed + noise(),
      outdoor: outdoor + errors.outdoor + noise() + (fault?.part === 'outdoor sensor' ? fault.by : 0),
      return: air.return + errors.return + noise(),
    };
    const setpoint = outdoor < 12 ? unit.warmSetpoint : unit.setpoint;
    const next = control(unit, state, { ...seen, hour, load }, setpoint);
    state = next.control;
    told = next.told;
    minutes.push({ at: start + minute * 60_000, signals: reported(seen, logged(told, fault), setpoint, next.occupied) });
  }
  return { file: 'unit', day: new Date(start).toISOString().slice(0, 10), column: fault !== undefined, minutes };
}

/** Some faults are put in at the controller: then its log shows where the part was held, not where it wanted it. */
function logged(told: Told, fault: Fault | undefined): Told {
  if (!fault?.logged) return told;
  const held = { damper: 'damper', 'cooling valve': 'cooling', 'heating valve': 'heating' }[fault.part as string];
  return held ? { ...told, [held]: fault.by } : told;
}

/** The plant makes chilled water when it is warm out, hot water when it is cold out or always. */
const water = (unit: Unit, outdoor: number) => ({ hot: unit.hotWaterAlways || outdoor < 16 ? 60 : 22, cold: outdoor > 11 ? 7 : 22 });

const reported = (seen: Air, told: Told, setpoint: number, occupied: boolean): Minute['signals'] => ({
  supply_air_temperature: seen.supply,
  supply_air_setpoint: setpoint,
  mixed_air_temperature: seen.mixed,
  outdoor_air_temperature: seen.outdoor,
  return_air_temperature: seen.return,
  supply_fan_running: told.running,
  supply_fan_speed: told.speed * 100,
  outdoor_damper_command: told.damper * 100,
  return_damper_command: 100 - told.damper * 100,
  cooling_valve_command: told.cooling * 100,
  heating_valve_command: told.heating * 100,
  occupied,
});
