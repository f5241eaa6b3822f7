import { z } from '@hono/zod-openapi';
import { problem } from '@wayside/protocol';

type Answers = typeof import('./types.ts');
let answers: Answers | undefined;

/** Loads what `answer` names: 300 schemas that only who reads the OpenAPI document has a use for. */
export async function loadAnswers(): Promise<void> {
  answers = await import('./types.ts');
}

/** How routes describe what they take and give. */
export const json = <S extends z.ZodType>(schema: S, description: string) => ({ description, content: { 'application/json': { schema } } });
/** An answer by its name in `types.ts`. */
export const answer = <K extends keyof Answers>(name: K, description: string) => ({
  description,
  content: {
    'application/json': {
      get schema(): Answers[K] {
        if (!answers) throw new Error(`the answers are not loaded yet, of which ${name} is one`);
        return answers[name];
      },
    },
  },
});
export const body = <S extends z.ZodType>(schema: S) => ({ required: true as const, content: { 'application/json': { schema } } });
export const failed = {
  default: { description: 'A problem document (RFC 9457)', content: { 'application/problem+json': { schema: problem } } },
} as const;
export const session = z.object({ session: z.string().max(80) });
export const thing = z.object({ thing: z.string().max(64) });
