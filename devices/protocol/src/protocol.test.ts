import { describe, expect, it } from 'vitest';
import * as protocol from './index.ts';

const schemas = {
  telemetry: protocol.telemetry,
  dtc: protocol.dtc,
  dtcFrames: protocol.dtcFrames,
  command: protocol.command,
  outcome: protocol.outcome,
  event: protocol.event,
  description: protocol.description,
};
const examples = {
  telemetry: protocol.telemetryExample,
  dtc: protocol.dtcExample,
  dtcFrames: protocol.dtcFramesExample,
  command: protocol.commandExample,
  outcome: protocol.outcomeExample,
  event: protocol.eventExample,
  description: protocol.descriptionExample,
};

describe('the wire', () => {
  it.each(Object.entries(examples))('carries %s there and back unchanged', (name, example) => {
    const schema = schemas[name as keyof typeof schemas];
    expect(protocol.decode(schema, JSON.stringify(example))).toEqual({
      ok: true,
      value: example.constructor === Object ? expect.objectContaining(example) : example,
    });
  });

  it('has a JSON Schema for every message', () => {
    for (const schema of Object.values(protocol.jsonSchemas())) expect(schema).toHaveProperty('$schema');
  });

  it('refuses what is not a message and says why', () => {
    const bad: [string | Uint8Array, RegExp][] = [
      ['{', /not UTF-8 JSON/],
      [new Uint8Array([0xff, 0xfe]), /not UTF-8 JSON/],
      ['{"signals":{"a":1e999}}', /signals/],
      ['{"signals":{"<b>":1}}', /as a name: a signal name/],
      [JSON.stringify({ signals: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`s${i}`, i])) }), /at most 2000 signals/],
      ['x'.repeat(protocol.maxPayload + 1), /larger than/],
    ];
    for (const [payload, why] of bad) {
      const decoded = protocol.decode(protocol.telemetry, payload);
      expect(decoded.ok).toBe(false);
      if (!decoded.ok) expect(decoded.reason).toMatch(why);
    }
  });

  it('never throws on random bytes', () => {
    for (let i = 0; i < 5_000; i++) {
      const bytes = crypto.getRandomValues(new Uint8Array(i % 64));
      for (const schema of Object.values(schemas)) protocol.decode(schema, bytes);
    }
  });
});

describe('topics', () => {
  it('name a thing and a channel', () => {
    expect(protocol.parseTopic(protocol.topicOf('car-1', 'dtc'))).toEqual({ thing: 'car-1', channel: 'dtc' });
  });

  it.each([
    '$SYS/broker',
    'wayside/v1/things/+/dtc',
    'wayside/v1/things/#',
    'wayside/v1/things/a/b/dtc',
    'wayside/v1/things//dtc',
    'wayside/v1/things/a/nope',
  ])('do not take %s for one of ours', (topic) => expect(protocol.parseTopic(topic)).toBeUndefined());
});

describe('small words', () => {
  it('write a trouble code one way', () => {
    expect(['p0301', 'P 03 01', 'P-0301'].map(protocol.normalizeDtc)).toEqual(['P0301', 'P0301', 'P0301']);
    expect(['X0301', 'P4301', 'P031'].map(protocol.normalizeDtc)).toEqual([undefined, undefined, undefined]);
  });

  it('read spans of time', () => {
    expect(['90s', '1.5h', '250ms', '10m', '2d', 'soon', '-5s'].map(protocol.parseSpan)).toEqual([
      90_000,
      5_400_000,
      250,
      600_000,
      172_800_000,
      undefined,
      undefined,
    ]);
  });

  it('make ids that sort by time', () => {
    const made = [1, 2, 3].map((t) => protocol.newId('s', 1_795_341_600_000 + t));
    expect([...made].sort()).toEqual(made);
    expect(made.every((id) => protocol.id.safeParse(id).success)).toBe(true);
  });

  it('never let a stranger error speak at the door', () => {
    expect(protocol.toProblem(new Error('password=hunter2')).detail).not.toContain('hunter2');
    expect(protocol.toProblem(new protocol.WaysideError('too-large', 'at most 1 MB')).status).toBe(413);
  });
});

describe('what is wrong with a message', () => {
  const telemetryOf = (words: string) => protocol.decode(protocol.telemetry, words);
  it.each([
    ['{"temperature":20}', 'signals: is missing (an object)'],
    ['{"signals":[20]}', 'signals: must be an object, not a list'],
    ['{"signals":{"temperature":null}}', 'signals.temperature: must be a number or true or false or text, not null'],
    ['{"signals":{"my temp":1}}', 'signals.my temp: as a name: a signal name is 1 to 128 of A-Z a-z 0-9 . _ -'],
    ['[]', 'must be an object, not a list'],
  ])('%s is told in words', (words, reason) => {
    expect(telemetryOf(words)).toEqual({ ok: false, reason });
  });
  it('names the place where JSON ends to be JSON', () => {
    expect(telemetryOf('{"signals":{"a":1}')).toMatchObject({ reason: expect.stringMatching(/not UTF-8 JSON: .*position 18/) });
  });
});
