import { call } from '../../../cloud/hub/src/scenario.ts';
import type { HubReady } from './filled-hub.ts';

/** Processor time of the hub, all its threads, for each batch that came in meanwhile, in ms; and what the act returned. By its own figures. */
export async function costOf<T>({ url, token }: HubReady, act: () => Promise<T>): Promise<{ ms: number; got: T }> {
  const read = async () => {
    const { body } = await call<string>(url, 'GET', '/metrics', { token });
    const batches = /^wayside_hub_request_seconds_count\{[^}]*route="\/v1\/sync\/up"[^}]*\} (\d+)$/m.exec(body)?.[1];
    return { seconds: Number(/^process_cpu_seconds_total (\S+)$/m.exec(body)?.[1]), batches: Number(batches ?? 0) };
  };
  const before = await read();
  const got = await act();
  const after = await read();
  return { ms: (1e3 * (after.seconds - before.seconds)) / (after.batches - before.batches), got };
}
