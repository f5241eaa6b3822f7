import type { AuthenticationResponseJSON, RegistrationResponseJSON, WebAuthnCredential } from '@simplewebauthn/server';
import { WaysideError } from '@wayside/protocol';
import type { Me } from '../api/types.ts';
import type { Ground } from '../store/change.ts';
import type { Challenges } from './challenge.ts';

/** Where the console is, as browsers see it: a passkey is good on the host it was made on and nowhere else (W3C WebAuthn §5.1.2). */
export type Site = { origin: string; host: string };

/** Sign-in by a key that never leaves the technician's device (W3C WebAuthn level 3). The library is loaded when the first one is asked for. */
export type Passkeys = {
  /** What a browser needs to make one. */
  toMake(me: Me, site: Site): Promise<object>;
  /** Keeps the one it made. @throws WaysideError `invalid`, `conflict` */
  add(me: Me, name: string, response: unknown, site: Site): Promise<void>;
  /** What a browser needs to show one, whosever it is. */
  toShow(site: Site): Promise<object>;
  /** Whose it is that was shown, if it is one of ours and the answer is right. */
  whose(response: unknown, site: Site): Promise<string | undefined>;
};

const mostEach = 20;
/** EdDSA, ES256 and RS256, by their numbers in COSE (RFC 9053, RFC 8812): every authenticator has one. */
const algorithms = [-8, -7, -257];
const load = () => import('@simplewebauthn/server');

export function createPasskeys({ db, now }: Ground, challenges: Challenges): Passkeys {
  const ofThem = (technician: string) => db.selectFrom('passkey').select('id').where('technician', '=', technician).execute();

  return {
    async toMake(me, { host }) {
      const { generateRegistrationOptions } = await load();
      return generateRegistrationOptions({
        rpName: 'Wayside',
        rpID: host,
        userName: me.name,
        userDisplayName: me.name,
        userID: new Uint8Array(Buffer.from(me.id)),
        challenge: challenges.make(),
        supportedAlgorithmIDs: algorithms,
        excludeCredentials: await ofThem(me.id),
        // It stands for name, password and second factor at once: the device itself asks who holds it.
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      });
    },

    async add(me, name, response, { origin, host }) {
      const { verifyRegistrationResponse } = await load();
      const made = await verifyRegistrationResponse({
        response: response as RegistrationResponseJSON,
        expectedChallenge: challenges.spend,
        expectedOrigin: origin,
        expectedRPID: host,
        supportedAlgorithmIDs: algorithms,
      }).catch((cause: unknown) => {
        throw new WaysideError('invalid', 'The passkey could not be taken. Begin again.', { cause });
      });
      if (!made.verified) throw new WaysideError('invalid', 'The passkey could not be taken. Begin again.');
      if ((await ofThem(me.id)).length >= mostEach)
        throw new WaysideError('conflict', `You have ${mostEach} passkeys. Remove one you do not use.`);
      const { id, publicKey, counter, transports } = made.registrationInfo.credential;
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('passkey')
        .values({
          id,
          technician: me.id,
          name,
          publicKey: Buffer.from(publicKey).toString('base64url'),
          counter,
          transportsJson: JSON.stringify(transports ?? []),
          createdAt: Math.floor(now()),
          usedAt: null,
        })
        .onConflict((c) => c.doNothing())
        .executeTakeFirst();
      if (!numInsertedOrUpdatedRows) throw new WaysideError('conflict', 'This passkey is known here already.');
    },

    async toShow({ host }) {
      const { generateAuthenticationOptions } = await load();
      return generateAuthenticationOptions({ rpID: host, challenge: challenges.make(), userVerification: 'required' });
    },

    async whose(response, { origin, host }) {
      const given = response as AuthenticationResponseJSON;
      const row = await db.selectFrom('passkey').selectAll().where('id', '=', String(given.id)).executeTakeFirst();
      if (!row) return undefined;
      const { verifyAuthenticationResponse } = await load();
      const credential: WebAuthnCredential = {
        id: row.id,
        publicKey: new Uint8Array(Buffer.from(row.publicKey, 'base64url')),
        counter: row.counter,
        transports: JSON.parse(row.transportsJson),
      };
      const shown = await verifyAuthenticationResponse({
        response: given,
        expectedChallenge: challenges.spend,
        expectedOrigin: origin,
        expectedRPID: host,
        credential,
        // Whatever is malformed, for another site or of a copied authenticator whose counter stands still is a no.
      }).catch(() => undefined);
      if (!shown?.verified) return undefined;
      await db
        .updateTable('passkey')
        .set({ counter: shown.authenticationInfo.newCounter, usedAt: Math.floor(now()) })
        .where('id', '=', row.id)
        .execute();
      return row.technician;
    },
  };
}
