import { z } from 'zod';
import { type Decoded, decode, explain } from '../codec.ts';
import { risk } from '../command.ts';
import { id, signalName } from '../ids.ts';
import { type Action, action, argument, type Description, description, type Signal, signal } from '../thing.ts';
import { type DataSchema, isThingDescription, type TdAction, type ThingDescription, thingDescription } from './vocabulary.ts';

/** A description read, and what of it could not be taken, each with why. */
export type ReadDescription = { description: Description; left: string[] };

/**
 * What a device published on `…/description`: our own form, or a W3C WoT Thing Description (1.1 or 1.0), told by its `@context`.
 * Never throws: bad input is expected.
 */
export function readDescription(bytes: Uint8Array | string): Decoded<ReadDescription> {
  const json = decode(z.unknown(), bytes);
  if (!json.ok) return json;
  if (isThingDescription(json.value)) return readThingDescription(json.value);
  const own = description.safeParse(json.value);
  return own.success ? { ok: true, value: { description: own.data, left: [] } } : { ok: false, reason: explain(own.error) };
}

/**
 * A Thing Description as a description of ours. Properties of simple types become signals, actions with simple arguments become actions;
 * an action that does not say how risky it is counts as safe when it calls itself so, else as one that disrupts (R2).
 */
export function readThingDescription(json: unknown): Decoded<ReadDescription> {
  const parsed = thingDescription.safeParse(json);
  if (!parsed.success) return { ok: false, reason: `no Thing Description: ${explain(parsed.error)}` };
  const td = parsed.data;
  const title = td.titles?.en ?? td.title;
  if (title === undefined) return { ok: false, reason: 'no Thing Description: it has no title' };
  const left: string[] = [];
  const signals = taken(td.properties, signalName, signalOf, left, 'property');
  const actions = taken(td.actions, id, actionOf, left, 'action');
  const whole = description.safeParse({ title: title.slice(0, 120), family: familyOf(td), ...about(td), ...given({ signals, actions }) });
  if (!whole.success) return { ok: false, reason: `no Thing Description of a thing we know: ${explain(whole.error)}` };
  return { ok: true, value: { description: whole.data, left } };
}

/** Each affordance that can be ours; the others are told. */
function taken<From, To>(
  from: Record<string, From> | undefined,
  nameIs: z.ZodType,
  make: (one: From, name: string) => To | string,
  left: string[],
  what: string,
): Record<string, To> | undefined {
  if (!from) return undefined;
  const made = Object.entries(from).flatMap(([name, one]): [string, To][] => {
    const is = nameIs.safeParse(name).success ? make(one, name) : 'its name cannot be used here';
    if (typeof is !== 'string') return [[name, is]];
    left.push(`${what} ${name.slice(0, 80)}: ${is}`);
    return [];
  });
  return Object.fromEntries(made);
}

const types: Record<string, Signal['type']> = { number: 'number', integer: 'number', boolean: 'boolean', string: 'string' };

function signalOf(schema: DataSchema, name: string): Signal | string {
  if (schema.writeOnly) return 'it can only be written';
  const base = schemaOf(schema);
  if (typeof base === 'string') return base;
  const made = signal.safeParse({ title: name, ...base, ...given({ kind: schema['wayside:kind'], counter: schema['wayside:counter'] }) });
  return made.success ? made.data : explain(made.error);
}

function actionOf({ input, safe, description: said, descriptions, ...rest }: TdAction, named: string): Action | string {
  const args: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fieldsOf(input))) {
    const one = schemaOf(field);
    const made = typeof one === 'string' ? undefined : argument.safeParse(one);
    if (!made?.success) return `its argument ${name.slice(0, 80)} is of no simple type`;
    args[name] = made.data;
  }
  const risky = risk.safeParse(rest['wayside:risk']);
  const effect = descriptions?.en && descriptions.zh ? { en: descriptions.en, zh: descriptions.zh } : said && { en: said, zh: said };
  const made = action.safeParse({
    title: titleOf(rest) ?? named,
    risk: risky.success ? risky.data : safe ? 'R0' : 'R2',
    args,
    ...given({ effect, interlocks: rest['wayside:interlocks'], expect: rest['wayside:expect'], undo: rest['wayside:undo'] }),
  });
  return made.success ? made.data : explain(made.error);
}

function fieldsOf(input: TdAction['input']): Record<string, DataSchema> {
  // A single simple value has no name in the standard; here every argument has one.
  if (input?.type !== undefined && input.type !== 'object') return { value: input };
  const fields = input?.properties ?? {};
  // An edge's own proposals carry the arguments one level down (write.ts).
  const args = fields.args as TdAction['input'];
  return fields.action && args?.type === 'object' ? (args.properties ?? {}) : fields;
}

function schemaOf(schema: DataSchema): object | string {
  const type = types[schema.type ?? ''];
  if (!type) return `its type is ${schema.type ?? 'not said'}, and only numbers, text and yes-or-no are read`;
  const states = type === 'string' ? schema.enum : undefined;
  const { minimum: min, maximum: max } = type === 'number' ? schema : {};
  return {
    type,
    ...given({ title: titleOf(schema), unit: schema.unit === undefined ? undefined : unitOf(schema.unit), min, max, states }),
  };
}

const titleOf = ({ title, titles }: { title?: string | undefined; titles?: Record<string, string> | undefined }) =>
  titles?.en && titles.zh ? { en: titles.en, zh: titles.zh } : (titles?.en ?? title)?.slice(0, 200);

/** `om:degree_Celsius`, `qudt:DEG_C` and UCUM's `Cel` are what we call `celsius`; a unit nobody here knows stays as it is. */
const unitOf = (unit: string): string => units[unit.replace(/^[a-z]+:/i, '').toLowerCase()] ?? unit.slice(0, 32);
const units: Record<string, string> = {
  degree_celsius: 'celsius',
  deg_c: 'celsius',
  cel: 'celsius',
  degree_fahrenheit: 'degF',
  deg_f: 'degF',
  '[degf]': 'degF',
  kelvin: 'K',
  percent: 'percent',
  kilopascal: 'kPa',
  kilopa: 'kPa',
  bar: 'bar',
  volt: 'V',
  ampere: 'A',
  watt: 'W',
  kilow: 'kW',
  kilow_hr: 'kWh',
  hertz: 'Hz',
  rev_min: 'rpm',
  hour: 'h',
  hr: 'h',
  second: 's',
  sec: 's',
};

/** Our own word for it, or the name of the Thing Model it is of, or its `@type`. */
function familyOf(td: ThingDescription): string {
  const model = td.links?.find(({ rel }) => rel === 'type')?.href;
  const named = [
    td['wayside:family'],
    model
      ?.replace(/(?:\/tm)?(?:\.tm\.jsonld?|\.json)?\/?$/, '')
      .split('/')
      .at(-1),
    [td['@type']].flat(),
  ];
  const slugs = named.flat().flatMap((one) => (typeof one === 'string' && one !== 'Thing' ? slugOf(one) : []));
  return slugs.find((slug) => id.safeParse(slug).success) ?? 'unknown';
}

const slugOf = (text: string): string =>
  text
    .replace(/^[^:]*:/, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, 64);

const given = (pairs: Record<string, unknown>) => Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== undefined));

function about(td: ThingDescription): Record<string, unknown> {
  const text = (name: string, length: number) => {
    const said = td[name];
    const plain = typeof said === 'object' && said !== null && 'name' in said ? said.name : said;
    return typeof plain === 'string' && plain !== '' ? plain.slice(0, length) : undefined;
  };
  const year = Number(/^\d{4}/.exec(text('schema:productionDate', 10) ?? '')?.[0]);
  return given({
    maker: text('schema:manufacturer', 120),
    model: text('schema:model', 120),
    serial: text('schema:serialNumber', 120),
    firmware: text('schema:softwareVersion', 60),
    year: year >= 1900 && year <= 2200 ? year : undefined,
    location: text('schema:location', 120),
  });
}
