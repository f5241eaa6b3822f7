import type { Random } from '../random.ts';

/** One air handler as it was built: what nobody who diagnoses it is told. Temperatures in degrees Celsius, positions and speeds 0 to 1. */
export type Unit = ReturnType<typeof drawUnit>;

/** Draws a unit of the field: sizes, characteristics, sensors and the way it is run differ. */
export function drawUnit(random: Random) {
  const { between, chance, normal } = random;
  const opens = between(5, 8);
  return {
    /** Warming of the air by the fan at full speed, K. */
    fanHeat: between(0.4, 1.5),
    /** Part of outdoor air with the damper shut and fully open, and the bend between. */
    damper: { shut: between(0, 0.08), open: between(0.8, 0.97), bend: between(0.8, 1.8) },
    /** What a fully open coil does at full fan speed and design water, K, and how early its valve has most of its effect. */
    cooling: { most: between(11, 17), bend: between(1, 3.5) },
    heating: { most: between(18, 32), bend: between(1, 3.5) },
    /** Errors of the sensors, K: class B thermometers in ducts that are not mixed well. */
    errors: { supply: 0.3 * normal(), mixed: 0.5 * normal(), outdoor: 0.4 * normal(), return: 0.3 * normal() },
    minimum: chance(0.2) ? 0 : between(0.1, 0.4),
    /** Above it no free cooling; relative to the return air where `differential`. */
    highLimit: between(18, 22),
    differential: chance(0.3),
    setpoint: between(12.5, 14),
    /** In heating weather the supply air is wanted warmer. */
    warmSetpoint: between(16, 24),
    hours: [opens, opens + between(11, 14)] as const,
    runsAtNight: chance(0.25),
    hotWaterAlways: chance(0.5),
    lag: between(2, 5),
  };
}

/** What was put in: a part that stands at a place, that lets through at least so much, or a sensor that is off by so much. */
export type Fault = {
  part: 'damper' | 'heating valve' | 'cooling valve' | 'outdoor sensor';
  way: 'stuck' | 'leaking' | 'off';
  by: number;
  logged: boolean;
};

/** Faults as the LBNL inventory puts them in (Granderson et al. 2020, tables 4 to 8), with its sizes. */
export function drawFault({ pick, between, chance }: Random): Fault {
  const [part, way, by] = pick([
    ['damper', 'stuck', pick([0, 0.1, 0.4, 0.45, 0.55, 1])],
    ['damper', 'leaking', between(0.3, 0.6)],
    ['heating valve', 'stuck', pick([0, 0.5, 1])],
    ['heating valve', 'leaking', between(0.1, 0.4)],
    ['cooling valve', 'stuck', pick([0, 0.15, 0.5, 0.65, 1])],
    ['cooling valve', 'leaking', between(0.1, 0.5)],
    ['outdoor sensor', 'off', pick([-4, -2, 2, 4])],
  ] as const);
  return { part, way, by, logged: way === 'stuck' && chance(0.3) };
}

/** Where a part really stands when it is told to be at `told`. */
export function standsAt(part: Fault['part'], told: number, fault: Fault | undefined): number {
  if (fault?.part !== part) return told;
  return fault.way === 'stuck' ? fault.by : Math.max(told, fault.by);
}

export type Air = { outdoor: number; return: number; mixed: number; supply: number };
export type Told = { running: boolean; speed: number; damper: number; cooling: number; heating: number };

const effect = (opening: number, bend: number): number => (1 - Math.exp(-bend * opening)) / (1 - Math.exp(-bend));

/** The air one minute later. */
export function nextAir(unit: Unit, air: Air, told: Told, water: { hot: number; cold: number }, fault: Fault | undefined): Air {
  const [damper, cooling, heating] = (['damper', 'cooling valve', 'heating valve'] as const).map((part, i) =>
    standsAt(part, [told.damper, told.cooling, told.heating][i]!, fault),
  ) as [number, number, number];
  const flow = effect(heating, unit.heating.bend);
  const chilled = effect(cooling, unit.cooling.bend);
  if (!told.running) {
    // Nothing moves: the coils warm or chill what stands around them, and all drifts to the rooms' temperature.
    const rest = air.return + unit.damper.shut * 2 * (air.outdoor - air.return);
    const mixed = rest + 0.5 * flow * (water.hot - rest);
    const supply = air.return + 0.2 * flow * (water.hot - air.return) - 0.4 * chilled * Math.max(0, air.return - water.cold);
    return { ...air, mixed: toward(air.mixed, mixed, 25), supply: toward(air.supply, supply, 40) };
  }
  const part = unit.damper.shut + (unit.damper.open - unit.damper.shut) * damper ** unit.damper.bend;
  const mixed = air.return + part * (air.outdoor - air.return);
  const thin = Math.max(told.speed, 0.2) ** -0.5;
  const heats = Math.min(0.9 * (water.hot - mixed), ((unit.heating.most * flow * (water.hot - mixed)) / 45) * thin);
  const warm = mixed + Math.max(0, heats);
  const cools = Math.min(0.9 * (warm - water.cold), ((unit.cooling.most * chilled * (warm - water.cold)) / 18) * thin);
  const supply = warm - Math.max(0, cools) + unit.fanHeat * told.speed ** 2;
  return { ...air, mixed: toward(air.mixed, mixed, 2), supply: toward(air.supply, supply, unit.lag) };
}

export const toward = (from: number, to: number, minutes: number): number => from + (to - from) / (1 + minutes);
