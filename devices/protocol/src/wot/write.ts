import type { z } from 'zod';
import type { Localized } from '../text.ts';
import type { Action, argument, Description, Signal } from '../thing.ts';
import { topicOf } from '../topics.ts';
import { context } from './vocabulary.ts';

/** Where a thing is reached, and under which name. */
export type Places = {
  /** Unique in the world, such as `urn:wayside:edge_01:car-1`. */
  id: string;
  thing: string;
  /** The edge's HTTP door, such as `http://edge.local:8080/`. */
  http: string;
  /** Its broker, such as `mqtt://edge.local:1883`. */
  mqtt: string;
};

/** What a Thing Description is made from: what the thing said of itself, with the signals and actions it has, declared or its family's. */
export type Described = Omit<Description, 'signals' | 'actions'> & { signals: Record<string, Signal>; actions: Record<string, Action> };

/**
 * A thing as a W3C WoT Thing Description 1.1: signals are properties that can be read, actions are proposals that need a person's consent
 * (none for R3, which is never carried out), and what it tells by itself are events over MQTT.
 */
export function writeThingDescription(described: Described, { id, thing, http, mqtt }: Places): Record<string, unknown> {
  const over = (path: string, more: object) => ({ href: `v1/${path}`, contentType: 'application/json', ...more });
  const heard = (channel: 'telemetry' | 'dtc' | 'presence', contentType = 'application/json') => ({
    href: mqtt,
    contentType,
    op: 'subscribeevent',
    'mqv:controlPacket': 'subscribe',
    'mqv:filter': topicOf(thing, channel),
    'mqv:qos': '1',
    security: 'broker',
  });
  const name = encodeURIComponent(thing);
  const property = (signal: string) => [over(`things/${name}/properties/${encodeURIComponent(signal)}`, { op: 'readproperty' })];
  const propose = [over('sessions/{session}/commands', { op: 'invokeaction', 'htv:methodName': 'POST' })];
  return {
    '@context': [context[0], { ...context[1], htv: 'http://www.w3.org/2011/http#' }],
    id,
    ...head(described),
    base: http,
    securityDefinitions: { token: { scheme: 'bearer', in: 'header', format: 'opaque' }, broker: { scheme: 'basic', in: 'header' } },
    security: 'token',
    properties: Object.fromEntries(
      Object.entries(described.signals).map(([signal, is]) => [signal, { ...propertyOf(is), forms: property(signal) }]),
    ),
    actions: Object.fromEntries(
      Object.entries(described.actions)
        .filter(([, { risk }]) => risk !== 'R3')
        .map(([action, is]) => [action, { ...proposalOf(action, is, thing), forms: propose }]),
    ),
    events: {
      telemetry: { ...telemetryOf(described.signals), forms: [heard('telemetry')] },
      dtc: { ...dtcEvent, forms: [heard('dtc')] },
      presence: { ...presenceEvent, forms: [heard('presence', 'text/plain')] },
    },
    forms: [over(`things/${name}/properties`, { op: 'readallproperties' })],
    links: [
      { href: `v1/things/${name}`, rel: 'alternate', type: 'application/json' },
      { href: `v1/families/${encodeURIComponent(described.family)}/tm`, rel: 'type', type: 'application/tm+json' },
    ],
  };
}

/** A family as a W3C WoT Thing Model 1.1: what all its things have in common, without where any of them is. */
export function writeThingModel(family: {
  family: string;
  version: string;
  title: Localized;
  summary: Localized;
  thing: { signals: Record<string, Signal>; actions: Record<string, Action> };
}): Record<string, unknown> {
  const { signals, actions } = family.thing;
  return {
    '@context': context,
    '@type': 'tm:ThingModel',
    ...titled(family.title),
    description: family.summary.en,
    descriptions: family.summary,
    version: { model: family.version },
    'wayside:family': family.family,
    properties: Object.fromEntries(Object.entries(signals).map(([name, signal]) => [name, propertyOf(signal)])),
    actions: Object.fromEntries(Object.entries(actions).map(([name, action]) => [name, actionOf(action)])),
    events: { telemetry: telemetryOf(signals), dtc: dtcEvent, presence: presenceEvent },
  };
}

const given = (pairs: Record<string, unknown>) => Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== undefined));

const head = ({ title, family, maker, model, serial, firmware, year, location }: Described) =>
  given({
    title,
    'wayside:family': family,
    'schema:manufacturer': maker,
    'schema:model': model,
    'schema:serialNumber': serial,
    'schema:softwareVersion': firmware,
    'schema:productionDate': year === undefined ? undefined : String(year),
    'schema:location': location,
  });

const titled = (title: string | Localized | undefined) =>
  typeof title === 'object' ? { title: title.en, titles: title } : given({ title });

const schemaOf = ({ title, type, unit, min, max, states }: z.infer<typeof argument>) => ({
  ...titled(title),
  ...given({ type, unit, minimum: min, maximum: max, enum: states?.length ? [...new Set(states)] : undefined }),
});

const propertyOf = (signal: Signal) => ({
  ...schemaOf(signal),
  ...given({ 'wayside:kind': signal.kind, 'wayside:counter': signal.counter }),
  readOnly: true,
  observable: false,
});

const actionOf = ({ title, risk, effect, args, interlocks, expect, undo }: Action) => ({
  ...titled(title),
  ...(effect ? { description: effect.en, descriptions: effect } : {}),
  safe: risk === 'R0',
  idempotent: false,
  input: objectOf(args),
  ...given({ 'wayside:risk': risk, 'wayside:interlocks': interlocks, 'wayside:expect': expect, 'wayside:undo': undo }),
});

/** Invoked at the edge, an action is a proposal in a conversation: a person sees what it would do, and agrees or not. */
function proposalOf(name: string, action: Action, thing: string) {
  const { input, ...rest } = actionOf(action);
  return {
    ...rest,
    synchronous: true,
    uriVariables: { session: { title: 'The conversation it is proposed in (POST v1/sessions)', type: 'string' } },
    input: {
      type: 'object',
      required: ['action'],
      properties: { action: { type: 'string', const: name }, thing: { type: 'string', const: thing }, args: input },
    },
    output: { type: 'object', properties: { id: { type: 'string' }, state: { type: 'string' } } },
  };
}

const objectOf = (args: Action['args']) => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(args).map(([name, argument]) => [name, schemaOf(argument)])),
});

const stamp = { title: 'RFC 3339 time, or epoch ms', type: 'string' };
const telemetryOf = (signals: Record<string, Signal>) => ({
  title: 'Newest values',
  data: {
    type: 'object',
    required: ['signals'],
    properties: {
      at: stamp,
      signals: { type: 'object', properties: Object.fromEntries(Object.entries(signals).map(([name, { type }]) => [name, { type }])) },
    },
  },
});
const dtcEvent = {
  title: 'Trouble code (SAE J2012)',
  data: {
    type: 'object',
    required: ['code', 'state'],
    properties: { at: stamp, code: { type: 'string' }, state: { type: 'string', enum: ['pending', 'confirmed', 'cleared'] } },
  },
};
const presenceEvent = { title: 'Connection', data: { type: 'string', enum: ['online', 'offline'] } };
