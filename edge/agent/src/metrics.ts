import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/**
 * What an operator watches (Prometheus text format). How the process itself is, is watched from the first time on that anybody reads: it takes 0.4 MB to
 * note how late the loop is.
 */
export function createMetrics() {
  const registry = new Registry();
  let watched = false;
  return {
    async read(): Promise<{ contentType: string; body: string }> {
      if (!watched) collectDefaultMetrics({ register: registry });
      watched = true;
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
    turns: new Counter({
      name: 'wayside_turns_total',
      help: 'Turns answered, by the rung that answered',
      labelNames: ['rung'],
      registers: [registry],
    }),
    turnSeconds: new Histogram({
      name: 'wayside_turn_seconds',
      help: 'From utterance to stored answer',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    }),
    handoffs: new Counter({ name: 'wayside_handoffs_total', help: 'Handoffs kept, by rule', labelNames: ['rule'], registers: [registry] }),
    recommendations: new Counter({
      name: 'wayside_recommendations_total',
      help: 'Recommendations, by what became of them: given, done, later, no, undone, lapsed',
      labelNames: ['recommendation', 'answer'],
      registers: [registry],
    }),
    samples: new Counter({ name: 'wayside_samples_total', help: 'Samples stored', registers: [registry] }),
    devices: new Gauge({ name: 'wayside_devices', help: 'Devices connected', registers: [registry] }),
    outbox: new Gauge({ name: 'wayside_outbox_records', help: 'Records waiting for the hub', registers: [registry] }),
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
