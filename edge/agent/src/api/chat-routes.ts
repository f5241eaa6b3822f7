import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { type Locale, newId, toProblem, WaysideError } from '@wayside/protocol';
import type { Context, MiddlewareHandler } from 'hono';
import { streamSSE } from 'hono/streaming';
import { say } from '../dialogue/say/wording.ts';
import type { Door } from './auth.ts';
import { chunks, completion, opening, told } from './chat-answer.ts';
import { homeOf, toolWorked } from './chat-home.ts';
import { createThreads, lastSaid, readThread } from './chat-thread.ts';
import { type ChatRequest, chatCompletion, chatRequest, modelList } from './chat-types.ts';
import { body, failed, json } from './describe.ts';
import type { Site } from './site.ts';

const house = 'wayside';

/**
 * The agent as a model of OpenAI's Chat Completions API, so that whatever speaks to one (Home Assistant's conversation agents, a chat window, a script)
 * speaks to it: with its gates, its record and its handoff, as on the panel. Clients need the edge's address with `/v1` and its token as the key.
 */
export function addChatRoutes(app: OpenAPIHono, site: Site, door: Door): void {
  const threads = createThreads();
  app.use('/chat/*', errorsAsTheyKnowThem);

  async function take(c: Context, { model, messages, tools }: ChatRequest) {
    const thing = thingIn(model, site);
    const person = site.people.speaker(door.who(c), undefined);
    const asked = readThread(messages, person ?? '', model);
    const known = threads.find(asked.before);
    if (known !== undefined) site.people.mustEnterSession(door.who(c), await site.speakerOf(known));
    const session =
      known ??
      (await site.openSession({
        channel: 'api',
        locale: localeOf(lastSaid(messages)),
        ...(person ? { person } : {}),
        ...(thing ? { thing } : {}),
      }));
    const now = Date.now();
    const head = { id: newId('chatcmpl', now), created: Math.floor(now / 1_000), model };
    return {
      head,
      async answered() {
        const made =
          asked.text === ''
            ? told(
                head,
                say(
                  messages.filter(({ role }) => role === 'tool').every(toolWorked) ? 'homeDone' : 'homeFailed',
                  localeOf(lastSaid(messages)),
                ),
              )
            : completion(head, session, await site.takeTurn(session, { text: asked.text, home: homeOf({ messages, tools }) }));
        threads.remember(asked, made.choices[0]!.message.content, session);
        return made;
      },
    };
  }

  app.openapi(
    createRoute({
      method: 'post',
      path: '/chat/completions',
      summary: 'Say something, as to a model of OpenAI’s Chat Completions API',
      request: { body: body(chatRequest) },
      responses: { 200: json(chatCompletion, 'The answer; with `stream` as server-sent events'), ...failed },
    }),
    async (c) => {
      const ask = c.req.valid('json');
      const { head, answered } = await take(c, ask);
      if (!ask.stream) return c.json(await answered(), 200);
      return streamSSE(c, async (stream) => {
        const tell = (data: object) => stream.writeSSE({ data: JSON.stringify(data) });
        await tell(opening(head));
        try {
          for (const chunk of chunks(head, await answered(), ask.stream_options?.include_usage === true)) await tell(chunk);
          await stream.writeSSE({ data: '[DONE]' });
        } catch (error) {
          await tell(errorOf(toProblem(error)));
        }
      }) as never;
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/models',
      summary: 'Whom one can speak to: the agent, and the agent about each thing',
      responses: { 200: json(modelList, 'Names for `model`'), ...failed },
    }),
    (c) => {
      const ids = [house, ...site.things().map(({ id }) => `${house}/${id}`)];
      return c.json(
        { object: 'list' as const, data: ids.map((id) => ({ id, object: 'model' as const, created: 0, owned_by: house })) },
        200,
      );
    },
  );
}

/** The thing a model's name names. @throws WaysideError `not-found` */
function thingIn(model: string, site: Site): string | undefined {
  const [agent, thing, ...more] = model.split('/');
  if (agent !== house || more.length > 0) throw new WaysideError('not-found', `There is no model ${model} here. /v1/models names them.`);
  if (thing !== undefined && !site.things().some(({ id }) => id === thing))
    throw new WaysideError('not-found', `No thing ${thing} has spoken here.`);
  return thing;
}

/** Such clients do not say which language they speak; the first sentence does. */
const localeOf = (text: string): Locale => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en');

type Problem = ReturnType<typeof toProblem>;
const errorOf = ({ code, title, detail, status }: Problem) => ({
  error: { message: detail ?? title, type: status < 500 ? 'invalid_request_error' : 'server_error', code, param: null },
});

/** A problem document that clients of OpenAI's API read as well: they look for `error.message`. */
const errorsAsTheyKnowThem: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.res.headers.get('content-type') !== 'application/problem+json') return;
  const problem = (await c.res.json()) as Problem;
  c.res = new Response(JSON.stringify({ ...problem, ...errorOf(problem) }), { status: problem.status, headers: c.res.headers });
};
