import { contractVersion } from '@wayside/contract';
import { record, thing } from '../../../cloud/hub/src/scenario.ts';
import type { Sending } from './load.ts';
import { signed, signerOf } from './signing.ts';

/**
 * Batches as edges send them, signed, each connection an edge of its own with its own numbers. Rendered once and put together for each request, so that
 * the sender costs the machine little of what the hub is measured by.
 */
export function sendBatches(epoch: string, connections: number, perBatch: number, firstEdge = 0): Sending {
  const signers = Array.from({ length: connections }, (_, n) => signerOf(firstEdge + n));
  const through = Array<number>(connections).fill(0);
  const rendered = Array.from({ length: perBatch }, (_, i) =>
    JSON.stringify(record(0, 'thing', thing(`car-${i}`))).slice('{"seq":0'.length),
  );
  const begin = `{"version":${contractVersion},"epoch":"${epoch}","records":[`;
  return (edge) => {
    const first = through[edge]! + 1;
    through[edge]! += perBatch;
    const body = `${begin}${rendered.map((rest, i) => `{"seq":${first + i}${rest}`).join(',')}]}`;
    return { body, headers: signed(signers[edge]!, { method: 'POST', path: '/v1/sync/up', body }) };
  };
}
