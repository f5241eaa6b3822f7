import type { HomeCall, HomeDevice } from '../../../../edge/agent/src/dialogue/home/home.ts';

type Attributes = Record<string, unknown>;
export type Entity = { name: string; id: string; area?: string; state?: unknown; attributes?: Attributes };
export type Area = { name: string; id: string; floor?: string };
export type State = { state: string; attributes: Attributes };
export type States = Record<string, State>;

export const domainOf = (id: string): string => id.split('.')[0]!;

/** A home's devices as Home Assistant describes them to who may control them; what only measures is no such device. */
export function describe(entities: readonly Entity[], areas: readonly Area[]): HomeDevice[] {
  return entities.map(({ name, id, area, attributes }) => ({
    names: [name],
    domain: domainOf(id),
    areas: areas.filter((one) => one.id === area).map((one) => one.name),
    ...floorOf(area, areas),
    ...(typeof attributes?.device_class === 'string' ? { deviceClass: attributes.device_class.split('.').at(-1)!.toLowerCase() } : {}),
  }));
}

function floorOf(area: string | undefined, areas: readonly Area[]) {
  const floor = areas.find(({ id }) => id === area)?.floor;
  return floor === undefined ? {} : { floor };
}

/** What a device's first state is where the home does not tell: as the synthetic home of the benchmark sets it up. */
export const firstState = ({ state, attributes = {} }: Entity, setup?: Partial<State>): State => ({
  state: String(setup?.state ?? (typeof state === 'boolean' ? (state ? 'on' : 'off') : (state ?? 'unknown'))),
  attributes: { ...attributes, ...setup?.attributes },
});

/** The entities a call is for, as Home Assistant resolves it. */
function targets({ arguments: { name, area, floor, domain } }: HomeCall, entities: readonly Entity[], areas: readonly Area[]): Entity[] {
  const kinds = Array.isArray(domain) ? domain : undefined;
  const here = (one: Entity) => areas.find(({ id }) => id === one.area);
  return entities.filter(
    (one) =>
      (name === undefined || one.name.toLowerCase() === String(name).toLowerCase()) &&
      (area === undefined || here(one)?.name === area) &&
      (floor === undefined || here(one)?.floor === floor) &&
      (kinds?.includes(domainOf(one.id)) ?? acted.has(domainOf(one.id))),
  );
}

const turned: Record<string, [on: Partial<State>, off: Partial<State>]> = {
  lock: [{ state: 'locked' }, { state: 'unlocked' }],
  cover: [
    { state: 'open', attributes: { current_position: 100 } },
    { state: 'closed', attributes: { current_position: 0 } },
  ],
  valve: [
    { state: 'open', attributes: { current_position: 100 } },
    { state: 'closed', attributes: { current_position: 0 } },
  ],
  fan: [
    { state: 'on', attributes: { percentage: 100 } },
    { state: 'off', attributes: { percentage: 0 } },
  ],
  climate: [{ state: 'heat' }, { state: 'off' }],
  vacuum: [{ state: 'cleaning' }, { state: 'off' }],
};
/** Kinds of device that a call can be for. */
const acted = new Set([
  ...Object.keys(turned),
  'light',
  'switch',
  'media_player',
  'todo',
  'humidifier',
  'input_boolean',
  'lawn_mower',
  'scene',
  'script',
  'water_heater',
  'siren',
]);

const rgb: Record<string, number[]> = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  white: [255, 255, 255],
  yellow: [255, 255, 0],
  purple: [128, 0, 128],
  orange: [255, 165, 0],
  pink: [255, 192, 203],
};

/** What becomes of one device. */
function after({ name, arguments: given }: HomeCall, id: string, now: State): Partial<State> {
  const kind = domainOf(id);
  const colorMode = [now.attributes.supported_color_modes].flat()[0] ?? 'onoff';
  const position = Number(given.position);
  switch (name) {
    case 'HassTurnOn':
      return turned[kind]?.[0] ?? (kind === 'light' ? { state: 'on', attributes: { color_mode: colorMode } } : { state: 'on' });
    case 'HassTurnOff':
      return (
        turned[kind]?.[1] ?? (kind === 'light' ? { state: 'off', attributes: { brightness: null, color_mode: null } } : { state: 'off' })
      );
    case 'HassSetPosition':
      return { state: position > 0 ? 'open' : 'closed', attributes: { current_position: position } };
    case 'HassLightSet':
      return {
        state: 'on',
        attributes: {
          color_mode: colorMode,
          ...(given.brightness === undefined ? {} : { brightness: Math.round((Number(given.brightness) * 255) / 100) }),
          ...(given.color === undefined ? {} : { rgb_color: rgb[String(given.color)] }),
          ...(given.temperature === undefined ? {} : { color_temp_kelvin: given.temperature }),
        },
      };
    case 'HassFanSetSpeed':
      return { state: 'on', attributes: { percentage: given.percentage } };
    case 'HassClimateSetTemperature':
      return { attributes: { temperature: given.temperature } };
    case 'HassVacuumStart':
      return { state: 'cleaning' };
    case 'HassVacuumReturnToBase':
      return { state: 'returning' };
    case 'HassLawnMowerStartMowing':
      return { state: 'mowing' };
    case 'HassLawnMowerDock':
      return { state: 'docked' };
    case 'HassMediaPause':
      return { state: 'paused' };
    case 'HassMediaUnpause':
      return { state: 'playing' };
    case 'HassMediaNext':
      return { attributes: { media_track: Number(now.attributes.media_track ?? 1) + 1 } };
    case 'HassMediaPrevious':
      return { attributes: { media_track: Number(now.attributes.media_track ?? 1) - 1 } };
    case 'HassSetVolume':
      return { attributes: { volume_level: Number(given.volume_level) / 100 } };
    case 'HassMediaPlayerMute':
      return { attributes: { volume_level: 0 } };
    case 'HassListAddItem':
      return { state: String(Number(now.state === 'unknown' ? 0 : now.state) + 1) };
    default:
      return {};
  }
}

/** The home's states after a call. */
export function carryOut(call: HomeCall, entities: readonly Entity[], areas: readonly Area[], before: States): States {
  const changed = targets(call, entities, areas).map(({ id }) => {
    const { state, attributes } = after(call, id, before[id]!);
    return [id, { state: state ?? before[id]!.state, attributes: { ...before[id]!.attributes, ...attributes } }] as const;
  });
  return { ...before, ...Object.fromEntries(changed) };
}
