import type { Description, Dtc, Presence, Telemetry, Value } from '@wayside/protocol';

/** What one foreign message says, in this house's words. Exactly the parts it speaks of. */
export type Said = {
  thing: string;
  description?: Description;
  telemetry?: Telemetry;
  dtc?: Dtc;
  presence?: Presence;
};

/** A message for a device, in its own words. */
export type Addressed = { topic: string; payload: string | Uint8Array; retain: boolean };

/**
 * Understands the messages of devices that know nothing of us. It only translates: what it says goes through the same doors as a
 * device's own words.
 */
export type Adapter = {
  name: string;
  /**
   * @param bytes the payload as it came, for what is not text
   * @returns what the message says (perhaps nothing), or undefined when it is not this adapter's to read
   */
  hear(topic: string, payload: string, bytes?: Uint8Array): Said[] | undefined;
  /** What must be loaded before this topic can be heard; undefined when nothing must. */
  prepare?(topic: string): Promise<void> | undefined;
  /** An action it declared for a thing, as that device wants to be told; undefined when it knows none of that name. */
  order?(thing: string, action: string, args: Record<string, Value>): Addressed | undefined;
  /** The message that sets signals of a thing it knows; undefined when it cannot. */
  set?(thing: string, values: Record<string, Value>): Addressed | undefined;
  /** Messages this adapter must hear again after a restart, because the devices will not repeat them. */
  announces?(topic: string): boolean;
};

/** A name as an id: what does not belong in one becomes `-`. Empty when nothing is left. */
export const idOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 64);

/** A name as a signal's: lower case with `_`, beginning with a letter. */
export function signalOf(text: string): string {
  const plain = idOf(text).replace(/-/g, '_').toLowerCase().slice(0, 120);
  return /^[a-z]/.test(plain) ? plain : `s_${plain}`;
}

/** JSON as an object, or undefined: what foreign devices send is often neither. */
export function objectOf(payload: string): Record<string, unknown> | undefined {
  if (!payload.startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(payload);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
