import { type Adapter, idOf, type Said } from './adapter.ts';
import { ovmsMetrics, readOvms } from './vehicle-metrics.ts';

const maxCars = 500;

/**
 * Open Vehicle Monitoring System v3, "Server V3 (MQTT)": `<prefix>/<user>/<vehicle>/metric/v/b/soc` with plain values,
 * `…/status` or `…/metric/s/v3/connected` for presence, `…/notify/alert/…` with texts. Metrics VSS has a place for are read.
 */
export function createOvms(): Adapter {
  const cars = new Map<string, string>();

  function met(user: string, vehicle: string): { thing: string; news: Said[] } | undefined {
    const thing = idOf(vehicle);
    if (!thing || (!cars.has(thing) && cars.size >= maxCars)) return undefined;
    const news = cars.has(thing) ? [] : [{ thing, description: { title: vehicle.slice(0, 120), family: 'vehicle' } }];
    cars.set(thing, user);
    return { thing, news };
  }

  return {
    name: 'ovms',
    hear(topic, payload) {
      const [, user, vehicle, kind, rest] = /^ovms\/([^/]+)\/([^/]+)\/(metric|notify|event|status)(?:\/(.+))?$/.exec(topic) ?? [];
      if (!user || !vehicle || !kind) return undefined;
      const known = met(user, vehicle);
      if (!known) return [];
      const { thing, news } = known;
      const name = rest?.replaceAll('/', '.') ?? '';
      if (kind === 'metric' && name === 's.v3.connected')
        return [...news, { thing, presence: payload.trim() === 'yes' ? 'online' : 'offline' }];
      const metric = kind === 'metric' && Object.hasOwn(ovmsMetrics, name) ? ovmsMetrics[name] : undefined;
      const signals = metric && readOvms(metric, payload);
      return signals ? [...news, { thing, telemetry: { signals } }] : news;
    },
  };
}
