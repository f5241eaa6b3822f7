import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { thingId, WaysideError } from '@wayside/protocol';
import { z } from 'zod';
import type { Db } from '../store/schema.ts';
import type { Scope } from './scope.ts';

/** A topic tree of a foreign gateway: neither ours nor the broker's, and no wildcard. */
export const tree = z
  .string()
  .min(1)
  .max(120)
  .regex(/^(?!wayside(\/|$))[^+#$/\s][^+#\s]*[^+#/\s]$/, 'a tree is a topic without wildcards, such as zigbee2mqtt, and not of wayside');

/** Whom somebody lets in: the device's name, and for what it speaks; for the thing of that name when nothing is said. */
export const newDevice = z
  .object({
    device: thingId,
    things: z.array(thingId).max(200).optional(),
    trees: z.array(tree).max(8).optional(),
    anew: z.boolean().optional(),
  })
  .strict();
export type NewDevice = z.infer<typeof newDevice>;
export type DeviceKey = { device: string; things: string[]; trees: string[]; pairedAt: number };

const most = 2_000;

export type DeviceKeys = {
  load(): Promise<void>;
  all(): DeviceKey[];
  /**
   * Gives a device its own secret, told this once.
   * @throws WaysideError `conflict` when it has one and `anew` is not said, or the site holds as many as it can
   */
  add(wanted: NewDevice): Promise<{ username: string; password: string }>;
  /** Its secret is good no more. False when there is none. */
  remove(device: string): Promise<boolean>;
  /** For what this device speaks, if the secret is its own. */
  check(username: string | undefined, password: Uint8Array | undefined): Scope | undefined;
};

/** Each device's own secret: random, kept as a hash, one for each. */
export function createDeviceKeys(db: Db, now: () => number): DeviceKeys {
  const keys = new Map<string, DeviceKey & { hash: Buffer }>();
  const nobody = digest('');

  return {
    async load() {
      for (const { id, hash, scope, pairedAt } of await db.selectFrom('deviceKey').selectAll().execute())
        keys.set(id, {
          device: id,
          ...(JSON.parse(scope) as Pick<DeviceKey, 'things' | 'trees'>),
          pairedAt,
          hash: Buffer.from(hash, 'base64url'),
        });
    },
    all: () => [...keys.values()].map(({ hash: _, ...key }) => key),
    async add({ device, things, trees = [], anew = false }) {
      if (keys.has(device) && !anew)
        throw new WaysideError('conflict', `The device ${device} has a secret already. Remove it first, if it is to get a new one.`);
      if (!keys.has(device) && keys.size >= most)
        throw new WaysideError('conflict', `This site holds ${most} devices at most. Remove one first.`);
      const password = randomBytes(24).toString('base64url');
      const key = {
        device,
        things: things ?? (trees.length > 0 ? [] : [device]),
        trees,
        pairedAt: Math.floor(now()),
        hash: digest(password),
      };
      const row = { hash: key.hash.toString('base64url'), scope: JSON.stringify({ things: key.things, trees }), pairedAt: key.pairedAt };
      await db
        .insertInto('deviceKey')
        .values({ id: device, ...row })
        .onConflict((c) => c.column('id').doUpdateSet(row))
        .execute();
      keys.set(device, key);
      return { username: device, password };
    },
    async remove(device) {
      const { numDeletedRows } = await db.deleteFrom('deviceKey').where('id', '=', device).executeTakeFirst();
      keys.delete(device);
      return numDeletedRows > 0n;
    },
    check(username, password) {
      const key = username === undefined ? undefined : keys.get(username);
      // The same work for a name nobody has.
      const same = timingSafeEqual(digest(password ?? ''), key?.hash ?? nobody);
      return key && password && same ? { things: key.things, trees: key.trees } : undefined;
    },
  };
}

const digest = (secret: string | Uint8Array): Buffer => createHash('sha256').update(secret).digest();
