import { timingSafeEqual } from 'node:crypto';
import type { DeviceKeys } from './device-keys.ts';
import type { Scope } from './scope.ts';

export type Credentials = { username: string; password: string };
/** From where the site's own key is good: it opens everything, so by default from this machine alone. */
export type SiteKeyFrom = 'here' | 'everywhere' | 'nowhere';

/** One device may hold so many connections, and send so many messages a second for long, and so many at once. */
export const deviceLimits = { connections: 4, perSecond: 1_000, burst: 20_000 };
/** A connection that has not said who it is by then, ms, is ended; a client id is no longer. */
export const connectLimits = { withinMs: 10_000, clientId: 128 };
const mostSessions = 10_000;
const everything: Scope = { things: [], trees: [], everything: true };

export type Entered = { scope: Scope; username: string };

const isHere = (address: string | undefined): boolean => address === undefined || /^(::ffff:)?127\.|^::1$/.test(address);

/** Lets devices in, each by its own secret, and holds each to its limits. */
export function createDoorKeeper(parts: {
  site: Credentials;
  siteKeyFrom: SiteKeyFrom;
  keys: Pick<DeviceKeys, 'check'> | undefined;
  now: () => number;
}) {
  const { site, siteKeyFrom, keys, now } = parts;
  /** Whose an MQTT session is: what waits in it for one device is not another's. */
  const owners = new Map<string, string>();
  const connections = new Map<string, number>();
  const spent = new Map<string, { left: number; at: number }>();

  function scopeOf(username: string | undefined, password: Uint8Array | undefined, from: string | undefined): Scope | string {
    if (username === site.username) {
      if (!same(password, site.password)) return 'its password is not right';
      const allowed = siteKeyFrom === 'everywhere' || (siteKeyFrom === 'here' && isHere(from));
      return allowed
        ? everything
        : 'the key of the site is for this machine alone: give the device a secret of its own (wayside devices add)';
    }
    return keys?.check(username, password) ?? 'it is not known here, or its secret is not right';
  }

  return {
    /** @returns who it is, or why it is not let in */
    enter(client: string, username: string | undefined, password: Uint8Array | undefined, from: string | undefined): Entered | string {
      const scope = scopeOf(username, password, from);
      if (typeof scope === 'string') return scope;
      const name = username as string;
      const owner = owners.get(client);
      if (owner !== undefined && owner !== name) return 'another device uses this client id';
      if (!scope.everything && (connections.get(name) ?? 0) >= deviceLimits.connections)
        return `it has ${deviceLimits.connections} connections already`;
      if (owner === undefined && owners.size >= mostSessions) return 'too many sessions are kept here';
      owners.set(client, name);
      connections.set(name, (connections.get(name) ?? 0) + 1);
      return { scope, username: name };
    },
    /** @param keeps its session stays for when it comes back */
    left(client: string, { username }: Entered, keeps: boolean): void {
      const left = (connections.get(username) ?? 1) - 1;
      if (left > 0) connections.set(username, left);
      else connections.delete(username);
      if (!keeps) owners.delete(client);
    },
    /** May it send one more message now? */
    spends({ scope, username }: Entered): boolean {
      if (scope.everything) return true;
      const at = now();
      const known = spent.get(username) ?? { left: deviceLimits.burst, at };
      const left = Math.min(deviceLimits.burst, known.left + (Math.max(0, at - known.at) / 1_000) * deviceLimits.perSecond) - 1;
      known.left = Math.max(0, left);
      known.at = at;
      spent.set(username, known);
      return left >= 0;
    },
    /** A device that was removed: its sessions are nobody's. */
    forget(username: string): void {
      for (const [client, owner] of owners) if (owner === username) owners.delete(client);
      connections.delete(username);
      spent.delete(username);
    },
  };
}

/** Compares in constant time; lengths may differ. */
function same(given: Uint8Array | undefined, wanted: string): boolean {
  const expected = Buffer.from(wanted);
  return given !== undefined && given.length === expected.length && timingSafeEqual(given, expected);
}
