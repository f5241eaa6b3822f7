import type { Vault } from '../auth/vault.ts';
import type { Hand } from './sender.ts';
import { signed } from './sign.ts';

const patienceMs = 10_000;

/** Posts a CloudEvent in its structured form (CloudEvents HTTP binding §3.2). Any 2xx is a receipt; nobody is followed elsewhere. */
export const byWebhook =
  (vault: Vault, now: () => number): Hand =>
  async ({ id, hook, to, secret, bodyJson }) => {
    const key = vault.open(secret, hook);
    if (key === undefined) throw new Error('its secret cannot be opened: put secrets-key back, or add the webhook anew');
    const answer = await fetch(to, {
      method: 'POST',
      body: bodyJson,
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'user-agent': 'wayside-hub',
        ...signed(key, id, now(), bodyJson),
      },
    }).catch((error: Error) => {
      throw new Error(`no answer: ${(error.cause as Error | undefined)?.message ?? error.message}`);
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    return `answered ${answer.status}`;
  };
