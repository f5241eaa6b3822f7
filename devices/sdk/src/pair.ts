import { thingId, WaysideError } from '@wayside/protocol';
import { z } from 'zod';

const login = z.object({ username: z.string(), password: z.string(), port: z.number().int() });
/** A device's own secret; keep it, it is told once. `port`: where its broker listens. */
export type Login = z.infer<typeof login>;

const patience = 10_000;

/**
 * Asks the edge for this device's own secret, while somebody holds the window open in which new devices may come in.
 * @param edge the edge's address, `http://192.168.1.10:8080`
 * @param code what the person who opened the window read aloud or typed
 * @throws WaysideError `forbidden` when no window is open, `unauthorized` for a wrong code, `conflict` when this device has a secret already,
 *   `unavailable` when no edge answers
 */
export async function pair(edge: string, code: string, id: string): Promise<Login> {
  const body = JSON.stringify({ code, device: thingId.parse(id) });
  const response = await fetch(new URL('/v1/devices/pair', edge), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(patience),
  }).catch((cause: unknown) => {
    throw new WaysideError('unavailable', `No edge answers at ${edge}.`, { cause });
  });
  const told: unknown = await response.json().catch(() => undefined);
  if (response.ok) return login.parse(told);
  const known = { 401: 'unauthorized', 403: 'forbidden', 409: 'conflict' } as const;
  const detail = (told as { detail?: unknown } | undefined)?.detail;
  throw new WaysideError(
    known[response.status as keyof typeof known] ?? 'unavailable',
    typeof detail === 'string' ? detail : `The edge answered ${response.status}.`,
  );
}
