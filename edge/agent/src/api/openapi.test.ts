import { expect, it } from 'vitest';
import type { Door } from './auth.ts';
import { loadAnswers } from './describe.ts';
import { createRoutes } from './routes.ts';
import type { Site } from './site.ts';

const anything: unknown = new Proxy(() => {}, { get: (_, key) => (key === 'then' ? undefined : anything), apply: () => anything });
type Answer = { content?: Record<string, { schema?: object }> };

it('describes what every route answers to who asks for that, and holds none of it before', async () => {
  const app = createRoutes(anything as Site, anything as Door);
  const about = { openapi: '3.1.0', info: { title: 'edge', version: '1' } };
  expect(() => app.getOpenAPI31Document(about)).toThrow(/not loaded yet/);
  await loadAnswers();
  const { paths } = app.getOpenAPI31Document(about);
  const answers = Object.values(paths ?? {})
    .flatMap((path) => Object.values(path as Record<string, { responses?: Record<string, Answer> }>))
    .flatMap(({ responses = {} }) => Object.values(responses))
    .flatMap(({ content = {} }) => Object.values(content));
  expect(answers.length).toBeGreaterThan(60);
  for (const { schema } of answers) expect(Object.keys(schema ?? {})).not.toEqual([]);
  expect(JSON.stringify(paths?.['/things'])).toContain('"latest"');
});
