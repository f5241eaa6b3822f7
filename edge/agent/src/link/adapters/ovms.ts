import { type Adapter, idOf, type Said } from './adapter.ts';
import { type Tell, untold } from './passed-over.ts';
import { ovmsMetrics, readOvms } from './vehicle-metrics.ts';

const maxCars = 500;

/**
 * Open Vehicle Monitoring System v3, "Server V3 (MQTT)": `<prefix>/<user>/<vehicle>/metric/v/b/soc` with plain values,
 * `…/status` or `…/metric/s/v3/connected` for presence, `…/notify/alert/…` with texts. Metrics VSS has a place for are read.
 * @param tell told what is passed over, and why
 */
export function createOvms(tell: Tell = untold): Adapter {
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
      if (!known) {
        tell(topic, idOf(vehicle) ? `this edge reads ${maxCars} cars already` : 'the name of the car has nothing that an id may have');
        return [];
      }
      const { thing, news } = known;
      const name = rest?.replaceAll('/', '.') ?? '';
      if (kind === 'metric' && name === 's.v3.connected')
        return [...news, { thing, presence: payload.trim() === 'yes' ? 'online' : 'offline' }];
      const metric = kind === 'metric' && Object.hasOwn(ovmsMetrics, name) ? ovmsMetrics[name] : undefined;
      const signals = metric && readOvms(metric, payload);
      if (signals) return [...news, { thing, telemetry: { signals } }];
      // A metric that has no value yet comes empty.
      if (metric && payload.trim() !== '') tell(topic, `“${payload.slice(0, 40)}” is no number, yes or no`);
      else if (kind === 'metric' && !metric) tell(topic, 'VSS has no place for this metric');
      else if (kind === 'notify' || kind === 'event') tell(topic, 'alerts and events are not read');
      return news;
    },
  };
}
