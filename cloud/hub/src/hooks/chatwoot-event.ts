import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** As long as a reply of a technician may be. */
const mostText = 8_000;
const freshSeconds = 300;

const name = z.string().trim().max(300).nullish();
const contactInbox = z.object({ source_id: z.string().max(300) }).nullish();

/**
 * What a Chatwoot tells of a message or a conversation, as far as it matters here (chatwoot.com/hc/user-guide, “How to use webhooks”; its
 * `Message#webhook_data` and `Conversation#webhook_data`). There is more in it, and more events: the rest is taken and left alone.
 */
const message = z.object({
  event: z.literal('message_created'),
  id: z.union([z.int().nonnegative(), z.string().regex(/^\d{1,18}$/)]),
  content: z.string().max(200_000).nullish(),
  message_type: z.string().max(40),
  private: z.boolean().nullish(),
  attachments: z.array(z.unknown()).max(100).nullish(),
  sender: z.object({ name, type: z.string().max(40).nullish() }).nullish(),
  conversation: z.object({ id: z.int().nonnegative(), contact_inbox: contactInbox }),
});
const status = z.object({
  event: z.literal('conversation_status_changed'),
  id: z.int().nonnegative(),
  status: z.string().max(40),
  contact_inbox: contactInbox,
  meta: z.object({ assignee: z.object({ name }).nullish() }).nullish(),
});
const other = z.object({ event: z.string().min(1).max(100) });

/** What its webhook posts. */
export const chatwootEvent = z.union([message, status, other]);

type In = { conversation: number; contact: string | undefined; agent: string };
export type ChatwootNews =
  | (In & { kind: 'answer'; message: string; text: string })
  | (In & { kind: 'unfit'; message: string; why: 'attachment' | 'too-long' })
  | (In & { kind: 'status'; status: 'open' | 'resolved' });

/**
 * What is news to us in it: what a person there answers, and that they resolve or reopen. Not what we posted ourselves (`incoming`), nor notes
 * among agents, nor what a bot or an automation says: only people speak as technicians.
 */
export function newsIn(event: z.output<typeof chatwootEvent>): ChatwootNews | undefined {
  if ('status' in event) {
    if (event.status !== 'open' && event.status !== 'resolved') return undefined;
    const where = { conversation: event.id, contact: event.contact_inbox?.source_id, agent: called(event.meta?.assignee?.name) };
    return { kind: 'status', status: event.status, ...where };
  }
  if (!('message_type' in event) || event.message_type !== 'outgoing' || event.private || event.sender?.type !== 'user') return undefined;
  const { conversation, sender } = event;
  const where = { conversation: conversation.id, contact: conversation.contact_inbox?.source_id, agent: called(sender.name) };
  const text = event.content?.trim() ?? '';
  const unfit = { kind: 'unfit', message: String(event.id), ...where } as const;
  if (event.attachments?.length) return { ...unfit, why: 'attachment' };
  if (text.length > mostText) return { ...unfit, why: 'too-long' };
  return text === '' ? undefined : { kind: 'answer', message: String(event.id), text, ...where };
}

const called = (agent: string | null | undefined) => agent?.slice(0, 120) || 'Chatwoot';

/**
 * Is it signed with the inbox's webhook secret, and new? Chatwoot signs since 4.12 (github.com/chatwoot/chatwoot/pull/13573 and 13892):
 * `X-Chatwoot-Signature: sha256=<hex>`, HMAC-SHA-256 over `<X-Chatwoot-Timestamp>.<body>`.
 * @param now epoch ms
 */
export function isChatwoots(secret: string, given: { timestamp?: string; signature?: string; body: string }, now: number): boolean {
  const { timestamp = '', signature = '', body } = given;
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1_000 - Number(timestamp)) > freshSeconds) return false;
  const right = Buffer.from(`sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`);
  const shown = Buffer.from(signature);
  return right.length === shown.length && timingSafeEqual(right, shown);
}
