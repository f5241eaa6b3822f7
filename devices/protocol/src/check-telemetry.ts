import { signalName } from './ids.ts';
import { at, maxSignalsPerMessage, maxTextValue, type Telemetry } from './sample.ts';

/** Names that were checked before; devices say the same few again and again. */
const namesKnown = new Set<string>();
const maxNamesKnown = 50_000;

/**
 * Whether parsed JSON is a `telemetry` message: the same verdict as its schema, ten times as fast, without saying why not. For the one
 * place where hundred thousands pass in a second.
 */
export function isTelemetry(json: unknown): json is Telemetry {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
  const { at: stamp, signals } = json as { at?: unknown; signals?: unknown };
  if (stamp !== undefined && !isStamp(stamp)) return false;
  if (typeof signals !== 'object' || signals === null || Array.isArray(signals)) return false;
  let count = 0;
  for (const name in signals) {
    if (++count > maxSignalsPerMessage || !(namesKnown.has(name) || isName(name))) return false;
    const value: unknown = (signals as Record<string, unknown>)[name];
    // JSON writes no NaN and no Infinity, but 1e999 reads as one.
    if (!(typeof value === 'number' ? Number.isFinite(value) : typeof value === 'boolean' || isText(value))) return false;
  }
  return true;
}

const isStamp = (stamp: unknown) => (typeof stamp === 'number' ? Number.isSafeInteger(stamp) && stamp >= 0 : at.safeParse(stamp).success);
const isText = (value: unknown) => typeof value === 'string' && value.length <= maxTextValue;

function isName(name: string): boolean {
  if (!signalName.safeParse(name).success) return false;
  if (namesKnown.size >= maxNamesKnown) namesKnown.clear();
  namesKnown.add(name);
  return true;
}
