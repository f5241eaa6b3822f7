import { type Action, canonicalUnit, conversion, type Localized, type Value } from '@wayside/protocol';
import type { Addressed } from './adapter.ts';

/** What an entity can be told: the action as it is declared here, and the message it becomes there. */
export type Order = { name: string; action: Action; say(args: Record<string, Value>): Addressed };

type Part = Record<string, unknown>;
/** The signal that shows the effect, if the entity tells its state. */
type Shown = { signal: string; states: boolean };

const most = { text: 256, options: 64 };
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value.slice(0, most.text) : undefined);
const number = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
const localized = (en: string, zh: string): Localized => ({ en: en.slice(0, 200), zh: zh.slice(0, 200) });

/** A template that only puts the value in its place; one that computes is not ours to run on what somebody asked for. */
function fillerOf(template: string | undefined): ((value: string) => string) | undefined {
  if (template === undefined) return (value) => value;
  const [before, after, ...more] = template.split(/\{\{\s*value\s*(?:\|\s*(?:string|float|int)(?:\(\d*\))?\s*)?\}\}/);
  const rest = `${before}${after}`;
  if (after === undefined || more.length > 0 || /\{[{%#]/.test(rest)) return undefined;
  return (value) => `${before}${value}${after}`;
}

/**
 * What may be done with an entity that Home Assistant could command (its documentation: MQTT switch, light, fan, number, select, button). All that moves something
 * a person may be in the way of, or that keeps somebody in or out, is left alone: locks, covers, valves, sirens, alarms.
 * @returns none when the entity takes no command, or one that cannot be put safely
 */
export function ordersOf(platform: string, signal: string, title: string, part: Part, states: boolean): Order[] {
  const topic = text(part.command_topic);
  if (!topic || /[+#]/.test(topic)) return [];
  const to = (payload: string): Addressed => ({ topic, payload, retain: part.retain === true });
  const shown = { signal, states };
  if (platform === 'switch' || platform === 'light' || platform === 'fan') return switched(platform, shown, title, part, to);
  if (platform === 'button') {
    const action: Action = { title: localized(`Press ${title}`, `按下${title}`), risk: 'R2', args: {} };
    return [{ name: nameOf('press', signal), action, say: () => to(text(part.payload_press) ?? 'PRESS') }];
  }
  const fill = fillerOf(text(part.command_template));
  if (!fill) return [];
  if (platform === 'number') return [numbered(shown, title, part, (value) => to(fill(value)))];
  if (platform !== 'select' || !Array.isArray(part.options)) return [];
  const options = part.options.flatMap((one) => (typeof one === 'string' && one.length <= 64 ? [one] : [])).slice(0, most.options);
  return options.length > 0 ? [chosen(shown, title, options, (value) => to(fill(value)))] : [];
}

const nameOf = (verb: string, signal: string) => `${verb}_${signal}`.slice(0, 64);
const shows = ({ signal, states }: Shown, how: object): Pick<Action, 'expect'> =>
  states ? { expect: { signal, tolerance: 0, within: '10s', ...how } } : {};

/** A plug may feed anything, so switching one disrupts; a lamp or a fan is comfort. */
function switched(platform: string, shown: Shown, title: string, part: Part, to: (payload: string) => Addressed): Order[] {
  const risk = platform === 'switch' ? 'R2' : 'R1';
  const json = part.schema === 'json';
  // The template schema of lights has payloads that must be computed.
  if (part.schema === 'template') return [];
  const [on, off] = [nameOf('turn_on', shown.signal), nameOf('turn_off', shown.signal)];
  const order = (is: boolean, name: string, undo: string): Order => {
    const word = text(is ? part.payload_on : part.payload_off) ?? (is ? 'ON' : 'OFF');
    const words = is ? localized(`Turn on ${title}`, `打开${title}`) : localized(`Turn off ${title}`, `关闭${title}`);
    const action: Action = { title: words, risk, args: {}, undo: { name: undo, args: {} }, ...shows(shown, { is }) };
    return { name, action, say: () => to(json ? JSON.stringify({ state: word }) : word) };
  };
  return [order(true, on, off), order(false, off, on)];
}

function numbered(shown: Shown, title: string, part: Part, to: (value: string) => Addressed): Order {
  const unit = text(part.unit_of_measurement);
  const canonical = unit === undefined ? undefined : canonicalUnit(unit).slice(0, 32);
  const ours = (unit !== undefined && canonical !== undefined && conversion(unit, canonical)) || ((value: number) => value);
  const theirs = (unit !== undefined && canonical !== undefined && conversion(canonical, unit)) || ((value: number) => value);
  // The bounds Home Assistant takes where none are told.
  const [min, max, step] = [number(part.min) ?? 1, number(part.max) ?? 100, number(part.step) ?? 1];
  const value = { type: 'number', min: ours(min), max: ours(max), ...(canonical ? { unit: canonical } : {}) } as const;
  const tolerance = Math.abs(ours(step) - ours(0)) / 2;
  const action: Action = {
    title: localized(`Set ${title}`, `设置${title}`),
    risk: 'R1',
    args: { value },
    ...shows(shown, { isArg: 'value', tolerance }),
  };
  // Rounded to what a converted value would show as noise.
  return { name: nameOf('set', shown.signal), action, say: ({ value: wanted }) => to(String(Number(theirs(Number(wanted)).toFixed(3)))) };
}

function chosen(shown: Shown, title: string, options: string[], to: (value: string) => Addressed): Order {
  const action: Action = {
    title: localized(`Set ${title}`, `设置${title}`),
    risk: 'R1',
    args: { value: { type: 'string', states: options } },
    ...shows(shown, { isArg: 'value' }),
  };
  return { name: nameOf('set', shown.signal), action, say: ({ value }) => to(String(value)) };
}

/** A thermostat is what it measures, what it is set to and how it runs: a sensor, a number and a selection (MQTT climate). Anything else is itself. */
export function partsOf(object: string, part: Part): { object: string; part: Part }[] {
  if (part.platform !== 'climate') return [{ object, part }];
  const { name, unique_id: _, ...common } = part;
  const title = text(name) ?? object;
  const unit = part.temperature_unit === 'F' ? '°F' : '°C';
  const piece = (suffix: string, words: string, also: Part) => ({
    object: `${object}_${suffix}`,
    part: { ...common, name: `${title} ${words}`, retain: part.retain, ...also },
  });
  return [
    piece('current_temperature', 'temperature', {
      platform: 'sensor',
      command_topic: undefined,
      state_topic: part.current_temperature_topic,
      value_template: part.current_temperature_template,
      unit_of_measurement: unit,
      device_class: 'temperature',
    }),
    piece('temperature', 'target', {
      platform: 'number',
      state_topic: part.temperature_state_topic,
      value_template: part.temperature_state_template,
      command_topic: part.temperature_command_topic,
      command_template: part.temperature_command_template,
      unit_of_measurement: unit,
      min: part.min_temp ?? 7,
      max: part.max_temp ?? 35,
      step: part.temp_step ?? 1,
    }),
    piece('mode', 'mode', {
      platform: 'select',
      state_topic: part.mode_state_topic,
      value_template: part.mode_state_template,
      command_topic: part.mode_command_topic,
      command_template: part.mode_command_template,
      options: part.modes ?? ['auto', 'off', 'cool', 'heat', 'dry', 'fan_only'],
    }),
  ];
}
