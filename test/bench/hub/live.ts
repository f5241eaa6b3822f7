import { call } from '../../../cloud/hub/src/scenario.ts';
import { pause, quantile, timed } from '../measure.ts';
import { sendBatches } from './sending.ts';

export const liveEdges = 20;
const everyMs = 250;

/** Edges that tell something four times a second, and how long they wait until it is stored. */
export function startLive(url: string, firstEdge: number) {
  let took: number[] = [];
  let stopped = false;
  const next = sendBatches('live', liveEdges, 1, firstEdge);
  const work = Array.from({ length: liveEdges }, async (_, edge) => {
    await pause((everyMs * edge) / liveEdges);
    while (!stopped) {
      const { body, headers } = next(edge);
      const { ms, got } = await timed(() => call(url, 'POST', '/v1/sync/up', { headers: headers ?? {}, raw: body }));
      if (got.status !== 200) throw new Error(`a live edge was answered ${got.status}`);
      took.push(ms);
      await pause(Math.max(0, everyMs - ms));
    }
  });
  return {
    forget: () => {
      took = [];
    },
    p99: () => quantile(took, 0.99),
    async stop() {
      stopped = true;
      await Promise.all(work);
    },
  };
}
