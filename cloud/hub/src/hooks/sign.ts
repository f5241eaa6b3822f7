import { createHmac } from 'node:crypto';

/**
 * The headers by which a receiver knows that a message is ours and new (standardwebhooks.com, version 1): HMAC-SHA-256 over id, time and body.
 * @param secret `whsec_` and base64 of the key
 * @param at epoch ms
 */
export function signed(secret: string, id: string, at: number, body: string): Record<string, string> {
  const seconds = Math.floor(at / 1_000);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${mac}` };
}
