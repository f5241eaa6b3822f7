import { join } from 'node:path';
import { hubConfig } from '@wayside/hub';
import { type ErrorCode, problem, WaysideError } from '@wayside/protocol';
import { createHub, type Hub, type Started } from '../../../cloud/hub/src/hub.ts';
import { createLog } from '../../../cloud/hub/src/log.ts';
import { call, handoff, record, turn } from '../../../cloud/hub/src/scenario.ts';
import { askAs, enrolWith, type SigningEdge } from '../../../cloud/hub/src/signing-edge.ts';
import type { Living } from './life.ts';

/** What the hub refuses is told in its words; whoever asked comes again. */
async function must<T>(answer: ReturnType<typeof call<T>>): Promise<T> {
  const { status, body } = await answer;
  if (status < 400) return body;
  const told = problem.safeParse(body);
  throw told.success ? new WaysideError(told.data.code as ErrorCode, told.data.detail ?? '') : new Error(`no words, status ${status}`);
}

/**
 * A hub's file lives through all it does with its disk: it is made, stores what an edge tells and a technician replies, is copied, and is opened again. What
 * was acknowledged must be there, once, and every answer be right or none.
 */
export async function liveAsHub({ folder, saved, act: doing, wrong, mend }: Living): Promise<void> {
  const settings = hubConfig.parse({
    data: join(folder, 'hub'),
    copies: join(folder, 'copies'),
    port: 0,
    packsRoot: join(folder, 'none'),
    generator: 'none',
  });
  let hub: Hub | undefined;
  let at: Started | undefined;
  let me: SigningEdge | undefined;
  const [turns, replies]: [string[], string[]] = [[], []];
  const url = () => (at as Started).url;
  const mine = () => ({ token: (at as Started).token });

  let broken = false;
  const begin = async () => {
    broken = false;
    const one = createHub(settings, {
      log: createLog('silent'),
      passwordWork: 4,
      onBroken: () => {
        broken = true;
      },
    });
    at = await one.start();
    hub = one;
  };
  // One that could not read its store is started again, as by whoever watches it.
  const act: Living['act'] = (name, what) =>
    doing(name, async () => {
      if (broken) {
        await hub?.stop();
        await begin();
      }
      await what();
    });
  const open = () => doing('open', begin);
  const close = () => act('close', async () => hub?.stop());
  const tell = (seq: number) =>
    act(`tell ${seq}`, async () => {
      const one =
        seq === 1
          ? record(1, 'handoff', handoff('c'))
          : record(seq, 'turn', turn(`t${seq}`, 'session-of-c', 'operator', 'x'.repeat(seq * 700)));
      const { durableThrough } = await must(
        askAs<{ durableThrough: number }>(url(), me as SigningEdge, {
          method: 'POST',
          path: '/v1/sync/up',
          body: { epoch: 'e', records: [one] },
        }),
      );
      if (durableThrough !== seq) throw new WaysideError('unavailable', `stored up to ${durableThrough}`);
      saved.add(`up ${seq}`);
      if (seq > 1 && !turns.includes(`t${seq}`)) turns.push(`t${seq}`);
    });
  const reply = (n: number) =>
    act(`reply ${n}`, async () => {
      await must(call(url(), 'POST', '/v1/cases/c/replies', { ...mine(), body: { id: `r${n}`, text: `reply ${n}` } }));
      saved.add(`reply ${n}`);
      if (!replies.includes(`r${n}`)) replies.push(`r${n}`);
    });
  const look = () =>
    act('look', async () => {
      const view = await must(call<{ turns: { id: string }[] }>(url(), 'GET', '/v1/cases/c', mine()));
      const down = await must(
        askAs<{ envelopes: { kind: string; body: { reply?: string } }[] }>(url(), me as SigningEdge, {
          method: 'GET',
          path: '/v1/sync/down',
          query: 'after=0&limit=100',
        }),
      );
      const sent = down.envelopes.filter(({ kind }) => kind === 'reply').map(({ body }) => body.reply);
      for (const id of [...turns, ...replies]) {
        const times = view.turns.filter((one) => one.id === id).length;
        if (times !== 1) wrong(`the case shows ${id} ${times} times`);
      }
      if (replies.some((id) => sent.filter((one) => one === id).length !== 1))
        wrong(`the edge is sent ${sent.join()} of ${replies.join()}`);
    });

  try {
    await open();
    await act('enrol', async () => {
      const { code } = await must(call<{ code: string }>(url(), 'POST', '/v1/edges/codes', { ...mine(), body: { edge: 'e' } }));
      me = await must(enrolWith(url(), code, 'e').then(({ made, ...answer }) => ({ ...answer, body: made as never })));
    });
    for (let seq = 1; seq <= 5; seq++) await tell(seq);
    await reply(1);
    await look();
    await close();
    await open();
    await look();
    await tell(6);
    await reply(2);
    mend();
    await look();
  } finally {
    mend();
    await hub?.stop().catch(() => {});
  }
}
