import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the hub counts, in Prometheus' words. */
export type Meter = ReturnType<typeof createMeter>;

/** A registry of this hub's own, so that several hubs can live in one process. */
export function createMeter() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'wayside_hub_request_seconds',
      help: 'Time to answer a request',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    records: new Counter({ name: 'wayside_hub_records_total', help: 'Records of edges acknowledged', registers }),
    quarantined: new Counter({ name: 'wayside_hub_quarantined_total', help: 'Records acknowledged and set aside', registers }),
    edges: new Gauge({ name: 'wayside_hub_edges_online', help: 'Edges that hold a wake socket', registers }),
    listeners: new Gauge({ name: 'wayside_hub_listeners', help: 'Consoles that listen for events', registers }),
    cases: new Gauge({ name: 'wayside_hub_cases', help: 'Cases by state', labelNames: ['state'], registers }),
  };
}
