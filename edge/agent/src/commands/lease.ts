import { randomBytes } from 'node:crypto';
import type { Value } from '@wayside/protocol';
import { consentLastsMs } from '../consent/consent.ts';

/** What a lease is for: nothing else can be done with it. */
export type Leased = { command: string; thing: string; action: string; args: Record<string, Value> };

/**
 * The right to carry out one command, once, within a minute of the consent. It lives in the memory of this process alone: no store, copy, restart
 * or second process brings one back, and no clock that is set back lengthens it.
 */
export type Leases = {
  /** Of a command that was just agreed to. @returns the nonce, by which the record and the device know it */
  grant(command: Leased): string;
  /** Takes it. Undefined when there is none, it was taken, has run out, or is for something else. */
  take(command: Leased): string | undefined;
  drop(command: string): void;
};

/** @param monotonic ms that only grow */
export function createLeases(monotonic: () => number, nonce: () => string = () => randomBytes(16).toString('base64url')): Leases {
  const open = new Map<string, { nonce: string; what: string; until: number }>();
  return {
    grant(command) {
      const made = nonce();
      open.set(command.command, { nonce: made, what: whatOf(command), until: monotonic() + consentLastsMs });
      return made;
    },
    take(command) {
      const found = open.get(command.command);
      open.delete(command.command);
      return found && monotonic() < found.until && found.what === whatOf(command) ? found.nonce : undefined;
    },
    drop: (command) => void open.delete(command),
  };
}

const whatOf = ({ thing, action, args }: Leased): string =>
  JSON.stringify([thing, action, Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1))]);
