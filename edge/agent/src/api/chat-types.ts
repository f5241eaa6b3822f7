import { z } from '@hono/zod-openapi';

/** The part of OpenAI's Chat Completions that a conversation needs; whatever else a client sends (temperature, …) steers a model and is left aside. */

const part = z.object({ type: z.string().max(40), text: z.string().max(20_000).optional() });

const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: z.union([z.string().max(40_000), z.array(part).max(50)]).nullish(),
});
export type ChatMessage = z.infer<typeof message>;

export const chatRequest = z
  .object({
    /** `wayside`, or `wayside/` and the id of the thing it is about. */
    model: z.string().min(1).max(80),
    messages: z.array(message).min(1).max(400),
    stream: z.boolean().nullish(),
    stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
    n: z.literal(1).nullish(),
    /** Those of Home Assistant are called for what it controls; others are left aside. */
    tools: z
      .array(z.object({ function: z.object({ name: z.string().max(100) }).optional() }))
      .max(200)
      .nullish(),
  })
  .openapi({ example: { model: 'wayside', messages: [{ role: 'user', content: 'Why did the warning light come on?' }] } });

export type ChatRequest = z.infer<typeof chatRequest>;

/** No model of theirs is used up: tokens are none, and clients that add them up get a number. */
export const noUsage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

export const chatCompletion = z.object({
  id: z.string(),
  object: z.literal('chat.completion'),
  created: z.int(),
  model: z.string(),
  choices: z.array(
    z.object({
      index: z.int(),
      message: z.object({
        role: z.literal('assistant'),
        content: z.string(),
        tool_calls: z
          .array(z.object({ id: z.string(), type: z.literal('function'), function: z.object({ name: z.string(), arguments: z.string() }) }))
          .optional(),
      }),
      finish_reason: z.enum(['stop', 'tool_calls']),
    }),
  ),
  usage: z.object({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() }),
  /** What the answer rests on, beside the words; clients of OpenAI's pass it over. */
  wayside: z.record(z.string(), z.unknown()),
});
export type ChatCompletion = z.infer<typeof chatCompletion>;

export const modelList = z.object({
  object: z.literal('list'),
  data: z.array(z.object({ id: z.string(), object: z.literal('model'), created: z.int(), owned_by: z.string() })),
});
