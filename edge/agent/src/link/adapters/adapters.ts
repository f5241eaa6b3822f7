import type { Log } from '../../log.ts';
import type { Adapter, Said } from './adapter.ts';
import { createHomeAssistant } from './home-assistant.ts';
import { createOvms } from './ovms.ts';
import { tellPassedOver } from './passed-over.ts';
import { createShelly } from './shelly.ts';
import { createSparkplug } from './sparkplug.ts';
import { createTasmota } from './tasmota.ts';
import { createWican } from './wican.ts';

/** A foreign message may be this long, bytes: the largest announcements seen are a tenth of it. */
const maxForeign = 64 * 1024;

/**
 * All adapters as one: the first that knows a message reads it. A mapping of the operator's own comes first.
 * @param world what an adapter may do beside translating: say something to a device, and look at the clock
 */
export function createAdapters(
  log: Log,
  world: { send(topic: string, payload: Uint8Array): void; now(): number },
  mapping?: Adapter,
): Adapter {
  const tell = (adapter: string) => tellPassedOver(log, adapter);
  const adapters = [
    ...(mapping ? [mapping] : []),
    createHomeAssistant(tell('home-assistant')),
    createTasmota(tell('tasmota')),
    createShelly(tell('shelly')),
    createOvms(tell('ovms')),
    createWican(tell('wican')),
    createSparkplug({ ...world, tell: tell('sparkplug') }),
  ];
  return {
    name: 'all',
    order(thing, action, args) {
      for (const adapter of adapters) {
        const addressed = adapter.order?.(thing, action, args);
        if (addressed) return addressed;
      }
      return undefined;
    },
    set: (thing, values) => adapters.map((adapter) => adapter.set?.(thing, values)).find((addressed) => addressed !== undefined),
    announces: (topic) => adapters.some((adapter) => adapter.announces?.(topic)),
    prepare: (topic) => adapters.map((adapter) => adapter.prepare?.(topic)).find((loading) => loading !== undefined),
    hear(topic, payload, bytes) {
      if (payload.length > maxForeign) return undefined;
      for (const adapter of adapters) {
        let said: Said[] | undefined;
        try {
          said = adapter.hear(topic, payload, bytes);
        } catch (err) {
          // Foreign devices send what they like; one odd message must not cost the next.
          log.warn({ err, adapter: adapter.name, topic: topic.slice(0, 120) }, 'foreign message could not be read');
          return [];
        }
        if (said) return said;
      }
      return undefined;
    },
  };
}
