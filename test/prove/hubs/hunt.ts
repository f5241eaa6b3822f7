import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseView } from '../../../cloud/hub/src/api/types.ts';
import { call } from '../../../cloud/hub/src/scenario.ts';
import { type Chat, startChat } from './chat.ts';
import { startTwoHubs, type Which } from './two-hubs.ts';

export type HubsHunt = {
  edges: number;
  kills: number;
  front: string;
  records: number;
  replies: number;
  /** The longest a reply took from technician to edge, ms: while both hubs were there, and while one was killed. */
  calmMs: number;
  killedMs: number;
  wrong: string[];
};

/**
 * Two hubs on one PostgreSQL behind a proxy: edges send, technicians chat, and one hub after the other is killed with no warning and started again.
 * @param restartDatabase the database is restarted once, too, in the middle of whatever is under way
 */
export async function huntHubs(edges: number, kills: number, pauseMs: number, restartDatabase: boolean): Promise<HubsHunt> {
  const hubs = await startTwoHubs();
  const { front, database, token } = hubs;
  const chats: Chat[] = [];
  // Together they tell and answer some forty times a second, however many they are: how a hub that is full behaves is the bench's.
  const paceMs = 200 + 20 * edges;
  const killed: { from: number; to: number }[] = [];
  try {
    for (let n = 0; n < edges; n += 20)
      chats.push(
        ...(await Promise.all(
          Array.from({ length: Math.min(20, edges - n) }, (_, i) => startChat(front.url, `edge-${n + i}`, token, paceMs)),
        )),
      );
    await sleep(pauseMs);
    for (let n = 0; n < kills; n++) {
      const which = (n % 2) as Which;
      const from = performance.now();
      await hubs.kill(which);
      await sleep(pauseMs);
      await hubs.startAgain(which);
      killed.push({ from, to: performance.now() });
      await sleep(pauseMs);
    }
    if (restartDatabase) {
      const from = performance.now();
      await database.restart();
      await sleep(pauseMs);
      killed.push({ from, to: performance.now() });
    }
    await Promise.all(chats.map((chat) => chat.end()));
    const wrong = (await Promise.all(chats.map((chat) => check(hubs.url(1), token, chat)))).flat();
    const all = chats.flatMap(({ replies }) => replies);
    const inKill = ({ at, took }: { at: number; took: number }) => killed.some(({ from, to }) => at < to && at + took > from);
    const longest = (some: { took: number }[]) => Math.round(Math.max(0, ...some.map(({ took }) => took)));
    return {
      edges,
      kills,
      front: front.is,
      records: chats.reduce((sum, { told }) => sum + told, 0),
      replies: all.length,
      calmMs: longest(all.filter((one) => !inKill(one))),
      killedMs: longest(all.filter(inKill)),
      wrong,
    };
  } catch (error) {
    process.stderr.write(hubs.stderr());
    throw error;
  } finally {
    await hubs.stop();
  }
}

/** Everything that was acknowledged is there, once and in order, at the hub and at the edge. */
async function check(hub: string, token: string, { edge, told, came, replies }: Chat): Promise<string[]> {
  const { turns } = (await call<CaseView>(hub, 'GET', `/v1/cases/case-${edge}`, { token })).body;
  const heard = turns.filter(({ by, id }) => by === 'operator' && /^t\d+$/.test(id)).map(({ id }) => id);
  const said = turns.filter(({ by }) => by === 'technician').map(({ id }) => id);
  const wanted = Array.from({ length: told - 1 }, (_, i) => `t${i + 2}`).slice(-heard.length);
  const sent = came.filter(({ kind }) => kind === 'reply').map(({ body }) => (body as { reply: string }).reply);
  const same = (a: readonly unknown[], b: readonly unknown[]) => JSON.stringify(a) === JSON.stringify(b);
  return [
    ...(heard.length > 0 && same(heard, wanted) ? [] : [`${edge}: of ${told} records ${heard.length} turns are at the hub`]),
    ...(same(said, replies.map((_, n) => `${edge}-r${n}`).slice(-said.length))
      ? []
      : [`${edge}: ${replies.length} replies, ${said.length} at the hub`]),
    ...(same(
      sent,
      replies.map((_, n) => `${edge}-r${n}`),
    )
      ? []
      : [`${edge}: ${replies.length} replies, ${sent.length} came`]),
    ...(same(
      came.map(({ seq }) => seq),
      came.map((_, i) => i + 1),
    )
      ? []
      : [`${edge}: envelopes with a gap or twice`]),
  ];
}
