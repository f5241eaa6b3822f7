import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Servient } from '@node-wot/core';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { type Action, type Description, descriptionExample, type Signal } from '../thing.ts';
import { readDescription, readThingDescription } from './read.ts';
import { type Described, writeThingDescription, writeThingModel } from './write.ts';

const required = createRequire(import.meta.url);
/** A published JSON schema of the W3C, as a check that gives its complaints. */
function published(file: string): (json: unknown) => unknown[] {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(required.resolve(file), 'utf8')));
  return (json) => (validate(json) ? [] : (validate.errors ?? []));
}
const wrongTd = published('wot-thing-description-types/schema/td-json-schema-validation.json');
const wrongTm = published('wot-thing-model-types/schema/tm-json-schema-validation.json');

const places = { id: 'urn:wayside:edge_1:car-1', thing: 'car-1', http: 'http://edge.local:8080/', mqtt: 'mqtt://edge.local:1883' };
const car: Described = {
  ...descriptionExample,
  serial: 'VF-1',
  location: 'Bay 2',
  signals: {
    'Vehicle.Speed': { title: { en: 'Speed', zh: '车速' }, type: 'number', unit: 'km/h', min: 0, max: 250 },
    mode: { title: 'Mode', type: 'string', states: ['off', 'on'], kind: 'enum' },
    odometer: { title: 'Odometer', type: 'number', unit: 'km', counter: true },
    'is-locked': { title: 'Locked', type: 'boolean' },
  },
  actions: {
    'clear-dtc': {
      title: { en: 'Clear codes', zh: '清除故障码' },
      risk: 'R1',
      effect: { en: 'Forgets the codes.', zh: '清除代码。' },
      args: {},
    },
    heat: {
      title: 'Heat',
      risk: 'R2',
      args: { to: { type: 'number', unit: 'celsius', min: 15, max: 26 }, gently: { type: 'boolean', title: 'Gently' } },
      interlocks: [{ signal: 'Vehicle.Speed', below: 1 }],
      expect: { signal: 'mode', is: 'on', tolerance: 0, within: '10s' },
      undo: { name: 'heat', args: { to: 15 } },
    },
  },
};
const written = (described: Described = car) => JSON.parse(JSON.stringify(writeThingDescription(described, places)));

describe('a Thing Description of ours', () => {
  it('is one by the published JSON schema of TD 1.1', () => {
    expect(wrongTd(written())).toEqual([]);
    expect(wrongTd({ ...written(), title: 7 })).not.toEqual([]);
  });

  it('has titles in both languages, units and limits', () =>
    expect(written().properties['Vehicle.Speed']).toMatchObject({
      title: 'Speed',
      titles: { en: 'Speed', zh: '车速' },
      type: 'number',
      unit: 'km/h',
      minimum: 0,
      maximum: 250,
      readOnly: true,
      forms: [{ href: 'v1/things/car-1/properties/Vehicle.Speed', op: 'readproperty' }],
    }));

  it('offers no action of R3, and every other as a proposal that says how risky it is', () => {
    const brakes: Action = { title: 'Brake', risk: 'R3', args: {} };
    const { actions } = written({ ...car, actions: { ...car.actions, brakes } });
    expect(Object.keys(actions)).toEqual(['clear-dtc', 'heat']);
    expect(actions.heat).toMatchObject({ 'wayside:risk': 'R2', safe: false, uriVariables: { session: {} } });
  });

  it('is read by node-wot', async () => {
    const wot = await new Servient().start();
    const thing = await wot.consume(written());
    const { title, properties, actions, events } = thing.getThingDescription();
    expect([title, Object.keys(properties!), Object.keys(actions!), Object.keys(events!)]).toEqual([
      'Family car',
      Object.keys(car.signals),
      ['clear-dtc', 'heat'],
      ['telemetry', 'dtc', 'presence'],
    ]);
  });
});

describe('a Thing Model of a family', () => {
  const model = () =>
    JSON.parse(
      JSON.stringify(
        writeThingModel({
          family: 'vehicle',
          version: '0.1.0',
          title: { en: 'Car', zh: '汽车' },
          summary: { en: 'Cars.', zh: '汽车。' },
          thing: car,
        }),
      ),
    );

  it('is one by the published JSON schema', () => {
    expect(wrongTm(model())).toEqual([]);
    expect(wrongTm({ ...model(), '@type': 'Thing' })).not.toEqual([]);
  });

  it('says what is read back from it', () => {
    const read = readThingDescription(model());
    expect(read).toMatchObject({
      ok: true,
      value: { description: { family: 'vehicle', signals: car.signals, actions: car.actions }, left: [] },
    });
  });
});

/** A seeded stream of numbers below one. */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Any description that our own schema allows, but for R3. */
function anyDescription(seed: number): Described {
  const random = stream(seed);
  const one = <T>(of: readonly T[]) => of[Math.floor(random() * of.length)]!;
  const maybe = <T>(key: string, value: () => T) => (random() < 0.5 ? { [key]: value() } : {});
  const text = () =>
    Array.from({ length: 1 + Math.floor(random() * 12) }, () => one([...'aB 9_-.ü热"\\{}']))
      .join('')
      .padEnd(1, 'x');
  const name = () => `${one([...'abcXYZ'])}${Array.from({ length: Math.floor(random() * 9) }, () => one([...'aZ09._-'])).join('')}`;
  const title = () => (random() < 0.5 ? text() : { en: text(), zh: text() });
  const bounds = () => ({ ...maybe('min', () => random() * 100 - 50), ...maybe('max', () => random() * 100 + 60) });
  const argument = () => {
    const type = one(['number', 'boolean', 'string'] as const);
    return {
      type,
      ...maybe('title', title),
      ...(type === 'number' ? { ...bounds(), ...maybe('unit', () => one(['celsius', 'kPa', 'm2', '1/min'])) } : {}),
      ...(type === 'string' ? maybe('states', () => ['a', `${text()}!`]) : {}),
    };
  };
  const many = <T>(make: () => T) => Object.fromEntries(Array.from({ length: Math.floor(random() * 6) }, () => [name(), make()]));
  const signal = () => ({ title: title(), ...argument(), ...maybe('kind', name), ...maybe('counter', () => true) }) as Signal;
  const action = () =>
    ({
      title: title(),
      risk: one(['R0', 'R1', 'R2']),
      ...maybe('effect', () => ({ en: text(), zh: text() })),
      args: many(argument),
    }) as Action;
  const about = {
    ...maybe('maker', text),
    ...maybe('model', text),
    ...maybe('serial', text),
    ...maybe('firmware', text),
    ...maybe('year', () => 2020),
    ...maybe('location', text),
  };
  return { title: text(), family: name(), ...about, signals: many(signal), actions: many(action) } as Described;
}

describe('there and back', () => {
  it('nothing of a description is lost in a Thing Description, whatever it holds', () => {
    for (let seed = 1; seed <= 400; seed++) {
      const described = anyDescription(seed);
      const td = written(described);
      expect(wrongTd(td), JSON.stringify(described)).toEqual([]);
      expect(readThingDescription(td)).toEqual({ ok: true, value: { description: described, left: [] } });
    }
  });
});

describe('a Thing Description of others', () => {
  /** The lamp of the recommendation's first example (https://www.w3.org/TR/wot-thing-description11/), with a few more words. */
  const lamp = {
    '@context': 'https://www.w3.org/2022/wot/td/v1.1',
    '@type': ['saref:LightSwitch'],
    id: 'urn:uuid:0804d572-cce8-422a-bb7c-4412fcd56f06',
    title: 'MyLampThing',
    'schema:manufacturer': { '@type': 'schema:Organization', name: 'Lumen' },
    securityDefinitions: { basic_sc: { scheme: 'basic', in: 'header' } },
    security: 'basic_sc',
    properties: {
      status: { type: 'string', forms: [{ href: 'https://mylamp.example.com/status' }] },
      warmth: { title: 'Warmth', type: 'integer', unit: 'om:degree_Celsius', minimum: 0, maximum: 90 },
      secret: { type: 'string', writeOnly: true },
      history: { type: 'array', items: { type: 'number' } },
      'über alles': { type: 'number' },
    },
    actions: {
      toggle: { forms: [{ href: 'https://mylamp.example.com/toggle' }] },
      check: { safe: true, title: 'Check' },
      fade: { input: { type: 'integer', minimum: 0, maximum: 100, unit: 'percent' } },
      paint: { input: { type: 'object', properties: { colour: { type: 'object' } } } },
    },
    events: { overheating: { data: { type: 'string' } } },
  };

  it('becomes a description, and what could not be taken is told', () => {
    const read = readDescription(JSON.stringify(lamp));
    expect(read).toEqual({
      ok: true,
      value: {
        description: {
          title: 'MyLampThing',
          family: 'LightSwitch',
          maker: 'Lumen',
          signals: {
            status: { title: 'status', type: 'string' },
            warmth: { title: 'Warmth', type: 'number', unit: 'celsius', min: 0, max: 90 },
          },
          actions: {
            toggle: { title: 'toggle', risk: 'R2', args: {} },
            check: { title: 'Check', risk: 'R0', args: {} },
            fade: { title: 'fade', risk: 'R2', args: { value: { type: 'number', unit: 'percent', min: 0, max: 100 } } },
          },
        },
        left: [
          'property secret: it can only be written',
          'property history: its type is array, and only numbers, text and yes-or-no are read',
          'property über alles: its name cannot be used here',
          'action paint: its argument colour is of no simple type',
        ],
      },
    });
  });

  it('is told from our own form by its context alone', () => {
    expect(readDescription(JSON.stringify(descriptionExample))).toEqual({
      ok: true,
      value: { description: descriptionExample satisfies Description, left: [] },
    });
    expect(readDescription(JSON.stringify({ ...lamp, '@context': ['https://www.w3.org/2019/wot/td/v1', { x: 'urn:x' }] })).ok).toBe(true);
  });

  it.each([
    ['not JSON', /not UTF-8 JSON/],
    ['null', /must be an object, not null/],
    ['{"@context":"https://www.w3.org/2022/wot/td/v1.1"}', /no Thing Description: it has no title/],
    ['{"@context":"https://www.w3.org/2022/wot/td/v1.1","title":7}', /no Thing Description: title/],
    ['{"@context":"https://www.w3.org/2022/wot/td/v1.1","title":"x","properties":[1]}', /no Thing Description: properties/],
    ['{"@context":"https://www.w3.org/2022/wot/td/v1.1","title":"x","properties":{"a":7}}', /no Thing Description: properties\.a/],
    ['{"@context":"https://schema.org/","title":"x"}', /family/],
  ])('is refused with a reason when it is %s', (text, why) => {
    const read = readDescription(text);
    expect(read.ok ? '' : read.reason).toMatch(why);
  });

  it('cannot crash what reads it, whatever stands where', () => {
    const odd = [null, 7, '', 'x'.repeat(9_000), [], {}, { type: 'number', minimum: 'low' }, { __proto__: { type: 'number' } }, [['deep']]];
    const random = stream(3);
    const any = () => odd[Math.floor(random() * odd.length)];
    for (let i = 0; i < 2_000; i++) {
      const td = {
        ...lamp,
        [Object.keys(lamp)[i % 10]!]: any(),
        properties: { a: any(), b: { type: 'number', title: any(), enum: any() } },
        actions: { c: any(), d: { input: any() } },
      };
      const read = readDescription(JSON.stringify(td));
      expect(read.ok || read.reason.length > 0).toBe(true);
    }
  });
});
