import { description } from '@wayside/protocol';
import { expect, it } from 'vitest';
import { createHomeAssistant } from './adapters/home-assistant.ts';
import { discoveryOf } from './home-assistant-out.ts';

const about = description.parse({
  title: 'Well pump',
  family: 'well-pump',
  maker: 'Acme',
  model: 'P7',
  firmware: '1.2',
  location: 'Cellar',
  signals: {
    'Motor.Current': { title: { en: 'Motor current', zh: '电机电流' }, type: 'number', unit: 'A', kind: 'current' },
    water: { title: 'Water', type: 'number', unit: 'celsius', kind: 'temperature' },
    drawn: { title: 'Water drawn', type: 'number', unit: 'm3', kind: 'nonsense', counter: true },
    running: { title: 'Running', type: 'boolean', kind: 'running' },
    valve: { title: 'Valve', type: 'string', states: ['open', 'closed'] },
  },
});
const { topic, payload } = discoveryOf('pump-7.b', about, about.signals!, 'edge_1', '0.1.0');

it('is what Home Assistant asks of a device: identifiers, an origin, and for each part its platform and a unique id', () => {
  expect(topic).toMatch(/^homeassistant\/device\/[a-zA-Z0-9_-]+\/config$/);
  expect(payload).toMatchObject({
    device: { identifiers: ['wayside_edge_1_pump-7.b'], manufacturer: 'Acme' },
    origin: { name: 'Wayside' },
  });
  const parts = Object.entries(payload.components as Record<string, Record<string, unknown>>);
  expect(parts.map(([name]) => name)).toEqual(['Motor_Current', 'water', 'drawn', 'running', 'valve']);
  for (const [name, part] of parts) {
    expect(name).toMatch(/^[a-zA-Z0-9_-]+$/);
    expect(part).toMatchObject({
      platform: expect.stringMatching(/^(binary_)?sensor$/),
      unique_id: expect.stringMatching(/^wayside_edge_1_/),
    });
    expect(part).not.toHaveProperty('command_topic');
  }
  expect(new Set(parts.map(([, part]) => part.unique_id)).size).toBe(5);
  expect(Object.fromEntries(parts.map(([name, part]) => [name, [part.unit_of_measurement, part.device_class, part.state_class]]))).toEqual({
    Motor_Current: ['A', 'current', 'measurement'],
    water: ['°C', 'temperature', 'measurement'],
    drawn: ['m3', undefined, 'total_increasing'],
    running: [undefined, 'running', undefined],
    valve: [undefined, 'enum', undefined],
  });
});

it('is read back by our own reader of such announcements: the same device, and the same values from its own telemetry', async () => {
  const reader = createHomeAssistant();
  await reader.prepare!(topic);
  const [said] = reader.hear(topic, JSON.stringify(payload))!;
  expect(said!.description).toMatchObject({ title: 'Well pump', maker: 'Acme', model: 'P7', firmware: '1.2', location: 'Cellar' });
  expect(Object.entries(said!.description!.signals!).map(([name, { type, unit, kind }]) => [name, type, unit, kind])).toEqual([
    ['motor_current', 'number', 'A', 'current'],
    ['water', 'number', 'celsius', 'temperature'],
    ['drawn', 'number', 'm3', undefined],
    ['running', 'boolean', undefined, 'running'],
    ['valve', 'string', undefined, 'enum'],
  ]);
  const hear = (signals: object) => reader.hear('wayside/v1/things/pump-7.b/telemetry', JSON.stringify({ at: 1, signals }));
  expect(hear({ 'Motor.Current': 7.25, running: false, valve: 'closed' })).toEqual([
    { thing: said!.thing, telemetry: { signals: { motor_current: 7.25, running: false, valve: 'closed' } } },
  ]);
  expect(hear({ water: 11 })).toEqual([{ thing: said!.thing, telemetry: { signals: { water: 11 } } }]);
  expect(reader.hear('wayside/v1/things/pump-7.b/presence', 'offline')).toEqual([{ thing: said!.thing, presence: 'offline' }]);
});
