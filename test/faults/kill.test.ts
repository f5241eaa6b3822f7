import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '@wayside/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { type Wayside, wayside } from '../support/processes.ts';
import { client, until } from '../support/site.ts';

type HubReady = { url: string; token: string; enrolmentCode: string };
type EdgeReady = { url: string; token: string };

/** How often each side is killed; `WAYSIDE_KILLS=200 npx vitest test/faults` for a long night. */
const kills = Number(process.env.WAYSIDE_KILLS ?? 8);

describe('killed at any moment of the main job', () => {
  let folder: string;
  let edgeArgs: string[];
  let hubArgs: string[];
  let edge: Wayside<EdgeReady>;
  let hub: Wayside<HubReady>;
  /** What is said is what the hub must not lose. */
  const saying = { WAYSIDE_UNNAMED_TALK: 'hub' };
  const operator = client(
    () => edge.ready.url,
    () => edge.ready.token,
  );
  const technician = client(
    () => hub.ready.url,
    () => hub.ready.token,
  );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wayside-kill-'));
    const [hubPort, edgePort, mqttPort] = [await freePort(), await freePort(), await freePort()];
    hubArgs = ['hub', '--data', join(folder, 'hub'), '--port', String(hubPort), '--log-level', 'error'];
    hub = await wayside<HubReady>(hubArgs);
    edgeArgs = [
      'edge',
      '--data',
      join(folder, 'edge'),
      '--port',
      String(edgePort),
      '--mqtt-port',
      String(mqttPort),
      '--hub-url',
      hub.ready.url,
      '--generator',
      'none',
      '--log-level',
      'error',
    ];
    edge = await wayside<EdgeReady>([...edgeArgs, '--enrol', hub.ready.enrolmentCode], saying);
  });
  afterAll(async () => {
    await edge?.stop();
    await hub?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it(`no acknowledged turn, handoff, reply or article is lost or doubled over ${2 * kills} kills`, {
    timeout: 60_000 + kills * 15_000,
  }, async () => {
    const seed = Number(process.env.WAYSIDE_SEED ?? 20_261_122);
    // Seeded, so that a failing run can be repeated.
    const next = createRandom(seed, 'kills');
    const acknowledged = {
      turns: new Map<string, string>(),
      cases: new Set<string>(),
      replies: new Map<string, string>(),
      articles: new Set<string>(),
    };

    /** A client that comes back: what is not acknowledged is asked again with the same id, as panel and console do. */
    const insist = async <T>(what: string, act: () => Promise<T>): Promise<T> => until(what, act, 30_000);

    const one = async (round: number) => {
      const { session } = await insist('a session', () => operator.post('/v1/sessions', { channel: 'api', locale: 'en' }));
      for (let i = 0; i < 3; i++) {
        const id = `k${round}-${i}`;
        await insist('a turn', () => operator.post(`/v1/sessions/${session}/turns`, { id, text: `hello number ${i}` }));
        acknowledged.turns.set(id, session);
      }
      const { case: caseId } = await insist('a handoff', () => operator.post(`/v1/sessions/${session}/handoff`));
      acknowledged.cases.add(caseId);
      await insist('the case at the hub', () => technician.get(`/v1/cases/${caseId}`));
      await insist('a reply', () => technician.post(`/v1/cases/${caseId}/replies`, { id: `r${round}`, text: `reply ${round}` }));
      acknowledged.replies.set(`r${round}`, session);
      const article = {
        id: `learned-${round}`,
        locale: 'en',
        title: `Learned ${round}`,
        body: `What round ${round} taught.`,
        family: 'vehicle',
        faults: [],
        tags: [],
        sources: ['test'],
      };
      await insist('an article', () =>
        technician.post('/v1/articles', article).catch((error: Error) => (error.message.includes('409') ? article : Promise.reject(error))),
      );
      await insist('its publication', () =>
        technician
          .post(`/v1/articles/${article.id}/en/publish`)
          .catch((error: Error) => (error.message.includes('409') ? article : Promise.reject(error))),
      );
      acknowledged.articles.add(article.id);
    };

    for (let round = 0; round < kills; round++) {
      const work = one(round);
      for (const side of next() < 0.5 ? (['edge', 'hub'] as const) : (['hub', 'edge'] as const)) {
        await new Promise((resolve) => setTimeout(resolve, next() * 120));
        if (side === 'edge') {
          await edge.kill();
          edge = await wayside<EdgeReady>(edgeArgs, saying);
        } else {
          await hub.kill();
          hub = await wayside<HubReady>(hubArgs);
        }
      }
      await work;
    }

    // Everything comes to rest on both sides; then it is counted.
    await until('an empty outbox', async () => (await operator.get('/v1/status')).hub.waiting === 0, 30_000);
    const { cases } = await technician.get('/v1/cases');
    expect(cases.map((c: { id: string }) => c.id).toSorted(), `seed ${seed}`).toEqual([...acknowledged.cases].toSorted());
    for (const caseId of acknowledged.cases) {
      const ids = (await technician.get(`/v1/cases/${caseId}`)).turns.map((t: { id: string }) => t.id);
      expect(new Set(ids).size, `seed ${seed}: turns of ${caseId} at the hub`).toBe(ids.length);
    }
    for (const [id, session] of [...acknowledged.turns, ...acknowledged.replies]) {
      const there = await until(`turn ${id} at the edge`, async () => {
        const { turns } = await operator.get(`/v1/sessions/${session}`);
        const found = turns.filter((t: { id: string }) => t.id === id);
        return found.length > 0 && found;
      });
      expect(there, `seed ${seed}: turn ${id}`).toHaveLength(1);
    }
    for (const id of acknowledged.articles) await until(`article ${id} at the edge`, () => operator.get(`/v1/articles/${id}?locale=en`));
  });
});
