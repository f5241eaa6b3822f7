import { z } from 'zod';

/** What happens to a case, as others are told of it. `urgent`: it was opened urgent, or became so; `handed-on`: a colleague is asked in, or it goes to a skill. */
export const caseHappening = z.enum(['opened', 'urgent', 'handed-on', 'claimed', 'message', 'reply', 'resolved', 'rated']);
export type CaseHappening = z.infer<typeof caseHappening>;

/** And what else the desk must hear of: a rollout was stopped, by itself or by somebody, and is taken back. */
export const hookEvent = z.enum([...caseHappening.options, 'rollout-stopped']);
export type HookEvent = z.infer<typeof hookEvent>;

/** `webhook`: CloudEvents by HTTPS; `email`: a notice to an address; `chatwoot`: into an inbox of that desk, with what the person says. */
export const hookKind = z.enum(['webhook', 'email', 'chatwoot']);
export type HookKind = z.infer<typeof hookKind>;

export const newHook = z
  .object({
    kind: hookKind,
    to: z.string().min(3).max(500),
    events: z.array(hookEvent).min(1).max(hookEvent.options.length),
    /** What a Chatwoot inbox signs its webhook with: then an answer without its signature is refused. */
    theirSecret: z.string().min(8).max(200).optional(),
  })
  .strict()
  .refine(({ kind, to }) => (kind === 'email' ? z.email().safeParse(to).success : /^https?:$/.test(URL.parse(to)?.protocol ?? '')), {
    message: 'a webhook or an inbox takes an http or https address, an email notice an email address',
    path: ['to'],
  })
  .refine(({ kind, theirSecret }) => kind === 'chatwoot' || theirSecret === undefined, {
    message: 'only an inbox signs what it tells us',
    path: ['theirSecret'],
  })
  .refine(({ kind, events }) => kind !== 'chatwoot' || !events.includes('rollout-stopped'), {
    message: 'an inbox holds conversations of cases; tell of rollouts by webhook or mail',
    path: ['events'],
  });

export const hookRow = z.object({
  id: z.string(),
  kind: hookKind,
  to: z.string(),
  events: z.array(hookEvent),
  by: z.string(),
  createdAt: z.number(),
  waiting: z.int(),
  dead: z.int(),
});
export type HookRow = z.infer<typeof hookRow>;
export const hookList = z.object({ hooks: z.array(hookRow) });
/** With the secret its signatures are made with, or the path that a Chatwoot inbox posts its answers to: told this once. */
export const hookMade = hookRow.extend({ secret: z.string(), answersTo: z.string().optional() });

/** What came of what a desk told us. */
export const taken = z.object({ taken: z.enum(['reply', 'resolved', 'reopened', 'nothing']) });

export const deliveryRow = z.object({
  id: z.string(),
  hook: z.string(),
  event: z.string(),
  at: z.number(),
  state: z.enum(['waiting', 'sent', 'dead']),
  tries: z.int(),
  nextAt: z.number().nullable(),
  said: z.string().nullable(),
});
export type DeliveryRow = z.infer<typeof deliveryRow>;
export const deliveryList = z.object({ deliveries: z.array(deliveryRow) });
