import { contractVersion } from '@wayside/contract';
import { record, thing } from '../../../cloud/hub/src/scenario.ts';
import type { Sending } from './load.ts';

/**
 * Batches as edges send them, each connection an edge of its own with its own numbers. Rendered once and put together for each request, so that
 * the sender costs the machine little of what the hub is measured by.
 */
export function sendBatches(epoch: string, connections: number, perBatch: number, tokenOf: (edge: number) => string): Sending {
  const through = Array<number>(connections).fill(0);
  const rendered = Array.from({ length: perBatch }, (_, i) =>
    JSON.stringify(record(0, 'thing', thing(`car-${i}`))).slice('{"seq":0'.length),
  );
  const begin = `{"version":${contractVersion},"epoch":"${epoch}","records":[`;
  return (edge) => {
    const first = through[edge]! + 1;
    through[edge]! += perBatch;
    return {
      body: `${begin}${rendered.map((rest, i) => `{"seq":${first + i}${rest}`).join(',')}]}`,
      headers: { authorization: `Bearer ${tokenOf(edge)}` },
    };
  };
}
