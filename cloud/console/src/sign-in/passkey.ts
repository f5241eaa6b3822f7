import type { PublicKeyCredentialCreationOptionsJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import { hub } from '../api/hub.ts';
import { HubError } from '../api/problem.ts';

/** A passkey belongs to a name, over https or on this machine; an address in numbers has none (W3C WebAuthn §5.1.3 step 8). */
export const canUsePasskeys = (): boolean => isSecureContext && 'PublicKeyCredential' in window && !/^[\d.]+$|:/.test(location.hostname);

const load = () => import('@simplewebauthn/browser');

/** The person thought better of it, or their device has none. */
function noPasskey(error: unknown): never {
  if (error instanceof HubError) throw error;
  throw new HubError('no-passkey', 0, '');
}

/** Signs in with whichever passkey the person picks. */
export async function showPasskey(): Promise<void> {
  const optionsJSON = (await hub.passkeyOptions()) as PublicKeyCredentialRequestOptionsJSON;
  const answer = await load()
    .then(({ startAuthentication }) => startAuthentication({ optionsJSON }))
    .catch(noPasskey);
  await hub.signInByPasskey(answer);
}

/** Makes one on the person's device, which the hub knows from now on. */
export async function makePasskey(name: string): Promise<void> {
  const optionsJSON = (await hub.newPasskeyOptions()) as PublicKeyCredentialCreationOptionsJSON;
  const response = await load()
    .then(({ startRegistration }) => startRegistration({ optionsJSON }))
    .catch(noPasskey);
  await hub.addPasskey(name, response);
}
