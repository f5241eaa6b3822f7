import { isUtf8 } from 'node:buffer';
import { isTelemetry, maxPayload, type Telemetry } from '@wayside/protocol';

/** A telemetry message by the short check; undefined leaves it to the schema, which also says what is wrong. */
export function readTelemetry(payload: Uint8Array): Telemetry | undefined {
  if (payload.length > maxPayload || !isUtf8(payload)) return undefined;
  try {
    const json: unknown = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('utf8'));
    return isTelemetry(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
