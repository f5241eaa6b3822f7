import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { readCase } from '../cases/row.ts';
import { viewCase } from '../cases/view.ts';
import { answerBriefing, briefColleague, seeBriefing, withdrawBriefing } from '../queue/briefing.ts';
import { listColleagues, readDuty, saveDuty } from '../queue/duty.ts';
import { linkIssue } from '../queue/issue-link.ts';
import { mergeCase, splitCase } from '../queue/merge.ts';
import { takeNext } from '../queue/next.ts';
import { releaseCase } from '../queue/release.ts';
import { readRules, saveRules } from '../queue/rules.ts';
import { listSkills } from '../queue/skills.ts';
import { snoozeCase, wakeCase } from '../queue/snooze.ts';
import { takeUpAgain } from '../queue/take-up-again.ts';
import { seeNote, transferCase, withdrawTransfer } from '../queue/transfer.ts';
import { viewerOf } from '../queue/viewer.ts';
import { createRoutes, type Doors, type Env, json, jsonBody, problems } from './context.ts';
import {
  briefing,
  caseView,
  colleagueList,
  duty,
  issueLink,
  merge,
  newBriefing,
  newTransfer,
  nextCase,
  queueRules,
  skillList,
  snooze,
  takeNextOf,
} from './types.ts';

const params = z.object({ case: z.string().min(1).max(64) });
const tags = ['queue'];

const get = <P extends string, S extends z.ZodType>(path: P, summary: string, schema: S, what: string) =>
  createRoute({ method: 'get', path, summary, tags, responses: { 200: json(schema, what), ...problems } });
const put = <P extends string, S extends z.ZodType>(path: P, summary: string, schema: S) =>
  createRoute({
    method: 'put',
    path,
    summary,
    tags,
    request: { body: jsonBody(schema) },
    responses: { 200: json(schema, 'As it is now'), ...problems },
  });
const onCase = <P extends string, S extends z.ZodType>(act: P, summary: string, schema: S) =>
  createRoute({
    method: 'post',
    path: `/v1/cases/{case}/${act}`,
    summary,
    tags,
    request: { params, body: jsonBody(schema) },
    responses: { 200: json(caseView, 'The case'), ...problems },
  });
const bareOnCase = <P extends string>(act: P, summary: string) =>
  createRoute({
    method: 'post',
    path: `/v1/cases/{case}/${act}`,
    summary,
    tags,
    request: { params },
    responses: { 200: json(caseView, 'The case'), ...problems },
  });
const onBriefing = <P extends string>(act: P, summary: string) =>
  createRoute({
    method: 'post',
    path: `/v1/briefings/{briefing}/${act}`,
    summary,
    tags,
    request: { params: z.object({ briefing: z.string().min(1).max(64) }) },
    responses: { 200: json(briefing, 'The briefing'), ...problems },
  });

/** Who takes which case, when, with whom: the queue's rules, everybody's duty, and what moves a case about. */
export function queueRoutes({ ground, config, isOnline }: Doors) {
  const zone = config.deskZone;
  const view = async (c: Context<Env>, id: string) => viewCase(c.get('view'), id, await viewerOf(ground, c.get('me'), zone), isOnline);

  return createRoutes()
    .openapi(get('/v1/queue/rules', 'How the queue is ordered and what is promised', queueRules, 'The rules'), async (c) =>
      c.json(await readRules(ground.db), 200),
    )
    .openapi(put('/v1/queue/rules', 'Order it otherwise (leads)', queueRules), async (c) => {
      return c.json(await saveRules(ground, c.req.valid('json'), c.get('me').name), 200);
    })
    .openapi(
      createRoute({
        method: 'post',
        path: '/v1/queue/next',
        summary: 'Take the case you should help with next',
        tags,
        request: { body: jsonBody(takeNextOf) },
        responses: { 200: json(nextCase, 'It is yours'), ...problems },
      }),
      async (c) => c.json({ case: await takeNext(ground, c.get('me'), c.req.valid('json').which, zone) }, 200),
    )
    .openapi(get('/v1/me/duty', 'What you take on', duty, 'Your duty'), async (c) =>
      c.json(await readDuty(ground.db, c.get('me'), zone), 200),
    )
    .openapi(put('/v1/me/duty', 'Take on something else', duty), async (c) =>
      c.json(await saveDuty(ground, c.get('me'), c.req.valid('json')), 200),
    )
    .openapi(get('/v1/skills', 'What a technician can be good at, by the packs', skillList, 'By id'), async (c) =>
      c.json({ skills: await listSkills(ground.db) }, 200),
    )
    .openapi(get('/v1/colleagues', 'Who is on shift, with what they take on and have in hand', colleagueList, 'By name'), async (c) =>
      c.json({ colleagues: await listColleagues(ground.db, c.get('me').tenant, zone, Math.floor(ground.now())) }, 200),
    )
    .openapi(bareOnCase('release', 'Give it back to the queue'), async (c) => {
      const { case: id } = c.req.valid('param');
      await releaseCase(ground, id, c.get('me'), zone);
      return c.json(await view(c, id), 200);
    })
    .openapi(onCase('snooze', 'Put it to sleep until a moment, or until the person writes', snooze), async (c) => {
      const { case: id } = c.req.valid('param');
      await snoozeCase(ground, id, c.get('me'), c.req.valid('json'));
      return c.json(await view(c, id), 200);
    })
    .openapi(bareOnCase('wake', 'Take it up again'), async (c) => {
      const { case: id } = c.req.valid('param');
      await wakeCase(ground, id, c.get('me'));
      return c.json(await view(c, id), 200);
    })
    .openapi(onCase('merge', 'It is the same as another case of this edge, and stands there from now on', merge), async (c) => {
      const { into } = c.req.valid('json');
      // Of another tenant's cases nothing is said, not even that they are of another edge.
      await readCase(c.get('view'), into);
      await mergeCase(ground, c.req.valid('param').case, into, c.get('me'));
      return c.json(await view(c, into), 200);
    })
    .openapi(bareOnCase('reopen', 'It was resolved too early: it goes on, in the hands of who says so'), async (c) => {
      const { case: id } = c.req.valid('param');
      await takeUpAgain(ground, id, c.get('me'));
      return c.json(await view(c, id), 200);
    })
    .openapi(bareOnCase('split', 'It is not the same after all: it stands by itself again'), async (c) => {
      const { case: id } = c.req.valid('param');
      await splitCase(ground, id, c.get('me'));
      return c.json(await view(c, id), 200);
    })
    .openapi(onCase('issue', 'It belongs to a known issue, or to none', issueLink), async (c) => {
      const { case: id } = c.req.valid('param');
      await linkIssue(ground, id, c.req.valid('json').issue);
      return c.json(await view(c, id), 200);
    })
    .openapi(onCase('briefings', 'Ask a colleague to come in or to take over, with what they must know', newBriefing), async (c) => {
      const { case: id } = c.req.valid('param');
      await briefColleague(ground, id, c.get('me'), c.req.valid('json'));
      return c.json(await view(c, id), 200);
    })
    .openapi(onCase('transfer', 'Give it to whoever has a skill and speaks a language, with a note', newTransfer), async (c) => {
      const { case: id } = c.req.valid('param');
      await transferCase(ground, id, c.get('me'), c.req.valid('json'), zone);
      return c.json(await view(c, id), 200);
    })
    .openapi(bareOnCase('transfer/seen', 'You have read the note; only who has can take the case'), async (c) => {
      const { case: id } = c.req.valid('param');
      await seeNote(ground, id, c.get('me'));
      return c.json(await view(c, id), 200);
    })
    .openapi(bareOnCase('transfer/withdraw', 'Take it back, as it was, while nobody has taken it'), async (c) => {
      const { case: id } = c.req.valid('param');
      await withdrawTransfer(ground, id, c.get('me'));
      return c.json(await view(c, id), 200);
    })
    .openapi(onBriefing('seen', 'You have read it'), async (c) =>
      c.json(await seeBriefing(ground, c.req.valid('param').briefing, c.get('me')), 200),
    )
    .openapi(onBriefing('accept', 'Come in; only who has read it can'), async (c) =>
      c.json(await answerBriefing(ground, c.req.valid('param').briefing, c.get('me'), 'accepted'), 200),
    )
    .openapi(onBriefing('decline', 'Do not come in'), async (c) =>
      c.json(await answerBriefing(ground, c.req.valid('param').briefing, c.get('me'), 'declined'), 200),
    )
    .openapi(onBriefing('withdraw', 'No longer ask'), async (c) =>
      c.json(await withdrawBriefing(ground, c.req.valid('param').briefing, c.get('me')), 200),
    );
}
