import { type Found, findDevices } from './find-devices.ts';
import type { Act, HomeCall, HomeDevice, HomeWish } from './home.ts';
import { readWish } from './read-wish.ts';

/** Acts whose intent is one for every kind of device. */
const intents: Partial<Record<Act, string>> = {
  on: 'HassTurnOn',
  off: 'HassTurnOff',
  open: 'HassTurnOn',
  close: 'HassTurnOff',
  lock: 'HassTurnOn',
  unlock: 'HassTurnOff',
  pause: 'HassMediaPause',
  resume: 'HassMediaUnpause',
  next: 'HassMediaNext',
  previous: 'HassMediaPrevious',
  mute: 'HassMediaPlayerMute',
  unmute: 'HassMediaPlayerUnmute',
  volume: 'HassSetVolume',
  add: 'HassListAddItem',
  complete: 'HassListCompleteItem',
};
const starts: Record<string, string> = {
  vacuum: 'HassVacuumStart',
  lawn_mower: 'HassLawnMowerStartMowing',
  media_player: 'HassMediaUnpause',
};
const returns: Record<string, string> = { vacuum: 'HassVacuumReturnToBase', lawn_mower: 'HassLawnMowerDock' };

/** What a wish sets of each kind, or undefined where it has nothing of that kind to set. */
const settings: Record<string, (wish: HomeWish) => HomeCall | undefined> = {
  light: ({ value, unit, color }): HomeCall | undefined => {
    if (color) return { name: 'HassLightSet', arguments: { color } };
    if (value === undefined || unit === 'degrees') return undefined;
    return { name: 'HassLightSet', arguments: unit === 'kelvin' || value > 100 ? { temperature: value } : { brightness: value } };
  },
  cover: (wish) => positioned(wish),
  valve: (wish) => positioned(wish),
  fan: ({ value, unit }) =>
    value === undefined || unit === 'degrees' ? undefined : { name: 'HassFanSetSpeed', arguments: { percentage: value } },
  climate: ({ value, unit }) =>
    value === undefined || unit === 'percent' || unit === 'kelvin'
      ? undefined
      : { name: 'HassClimateSetTemperature', arguments: { temperature: value } },
};
const positioned = ({ value, unit }: HomeWish): HomeCall | undefined =>
  value === undefined || (unit !== undefined && unit !== 'percent')
    ? undefined
    : { name: 'HassSetPosition', arguments: { position: value } };

/**
 * What somebody wants done in a home that another system controls, as the call it knows. It names only devices that were described, and comes to
 * nothing where it is not clear which is meant.
 */
export function homeCall(text: string, home: readonly HomeDevice[]): HomeCall | undefined {
  const wish = readWish(text);
  if (!wish) return undefined;
  if (wish.act === 'set') {
    const kinds = Object.keys(settings).filter((kind) => settings[kind]!(wish));
    const found = findDevices(wish.rest, 'set', home, kinds);
    return found && called(settings[found.kind]!(wish)!, found, home);
  }
  const found =
    findDevices(wish.rest, wish.act, home) ?? findDevices(text, wish.act, home) ?? findDevices(wish.rest, alsoSaid(wish.act, text), home);
  if (!found) return undefined;
  if (wish.act === 'volume')
    return wish.value === undefined ? undefined : called({ name: intents.volume!, arguments: { volume_level: wish.value } }, found, home);
  const name =
    wish.act === 'start' ? (starts[found.kind] ?? 'HassTurnOn') : wish.act === 'return' ? returns[found.kind] : intents[wish.act];
  return name === undefined ? undefined : called({ name, arguments: wish.item === undefined ? {} : { item: wish.item } }, found, home);
}

/** Chinese opens a lamp as it opens a curtain. */
const alsoSaid = (act: Act, text: string): Act =>
  /\p{Script=Han}/u.test(text) ? (act === 'open' ? 'on' : act === 'close' ? 'off' : act) : act;

/** The call with whom it is for: one by its name, and by its kind where something else is called the same; several by room and kind. */
function called(call: HomeCall, { devices, kind, area, floor, by }: Found, home: readonly HomeDevice[]): HomeCall {
  const name = devices[0]!.names[0]!;
  const same = home.filter(({ names }) => names.includes(name));
  const whom =
    by === 'name'
      ? { name, ...(same.some(({ domain }) => domain !== kind) ? { domain: [kind] } : {}) }
      : { ...(area === undefined ? {} : { area }), ...(floor === undefined ? {} : { floor }), domain: [kind] };
  return { name: call.name, arguments: { ...whom, ...call.arguments } };
}
