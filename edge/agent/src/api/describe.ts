import { z } from '@hono/zod-openapi';
import { problem } from '@wayside/protocol';

/** How routes describe what they take and give. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({ description, content: { 'application/json': { schema } } });
export const body = <S extends z.ZodType>(schema: S) => ({ required: true as const, content: { 'application/json': { schema } } });
export const failed = {
  default: { description: 'A problem document (RFC 9457)', content: { 'application/problem+json': { schema: problem } } },
} as const;
export const session = z.object({ session: z.string().max(80) });
export const thing = z.object({ thing: z.string().max(64) });
