import type { Log } from '../../log.ts';
import type { Adapter, Said } from './adapter.ts';
import { createHomeAssistant } from './home-assistant.ts';
import { createOvms } from './ovms.ts';
import { createShelly } from './shelly.ts';
import { createTasmota } from './tasmota.ts';
import { createWican } from './wican.ts';

/** A foreign message may be this long, bytes: the largest announcements seen are a tenth of it. */
const maxForeign = 64 * 1024;

/** All adapters as one: the first that knows a message reads it. A mapping of the operator's own comes first. */
export function createAdapters(log: Log, mapping?: Adapter): Adapter {
  const adapters = [...(mapping ? [mapping] : []), createHomeAssistant(), createTasmota(), createShelly(), createOvms(), createWican()];
  return {
    name: 'all',
    announces: (topic) => adapters.some((adapter) => adapter.announces?.(topic)),
    hear(topic, payload) {
      if (payload.length > maxForeign) return undefined;
      for (const adapter of adapters) {
        let said: Said[] | undefined;
        try {
          said = adapter.hear(topic, payload);
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
