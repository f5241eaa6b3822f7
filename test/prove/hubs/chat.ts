import { setTimeout as sleep } from 'node:timers/promises';
import type { DownBatch, UpAcknowledgment } from '@wayside/contract';
import { WebSocket } from 'ws';
import { call, handoff, record, turn } from '../../../cloud/hub/src/scenario.ts';
import { askAs, enrolWith, type SigningEdge, signed } from '../../../cloud/hub/src/signing-edge.ts';

/** An edge that syncs and a technician who chats with it, both by the same front, both as stubborn as real ones. */
export type Chat = {
  edge: string;
  key: SigningEdge;
  /** How long each reply took from the technician's key to the edge, and when it was sent: ms. */
  replies: { at: number; took: number }[];
  /** Records that were acknowledged, and what came down, in the order it came. */
  told: number;
  came: DownBatch['envelopes'];
  /** Lets what is under way arrive, then ends. */
  end(): Promise<void>;
};

/** As an edge does: what no wake told of is found by looking now and then. */
const lookMs = 4_000;

/** @param paceMs between two things an edge tells, and two replies, about so long */
export async function startChat(front: string, edge: string, technician: string, paceMs: number): Promise<Chat> {
  const until = async (act: () => Promise<boolean>) => {
    while (!(await act().catch(() => false))) await sleep(50);
  };
  let me: SigningEdge | undefined;
  await until(async () => {
    const { code } = (await call<{ code: string }>(front, 'POST', '/v1/edges/codes', { token: technician, body: { edge } })).body;
    const { status, made } = await enrolWith(front, code, edge);
    if (status === 200) me = made;
    return me !== undefined;
  });
  const key = me as SigningEdge;
  const chat: Chat = { edge, key, replies: [], told: 0, came: [], end };
  const arrived = new Map<string, () => void>();
  let closing = false;
  let pulling = Promise.resolve();

  async function send(): Promise<void> {
    for (let seq = 1; !closing; seq += 3) {
      const records = [seq, seq + 1, seq + 2].map((n) =>
        n === 1 ? record(1, 'handoff', handoff(`case-${edge}`)) : record(n, 'turn', turn(`t${n}`, `session-of-case-${edge}`)),
      );
      await until(async () => {
        const up = { method: 'POST', path: '/v1/sync/up', body: { epoch: 'e', records } };
        const { status, body } = await askAs<UpAcknowledgment>(front, key, up);
        return status === 200 && body.durableThrough === seq + 2;
      });
      chat.told = seq + 2;
      await sleep(paceMs * (0.5 + Math.random()));
    }
  }

  async function pull(): Promise<void> {
    const after = chat.came.at(-1)?.seq ?? 0;
    const { status, body } = await askAs<DownBatch>(front, key, { method: 'GET', path: '/v1/sync/down', query: `after=${after}` });
    if (status !== 200) return;
    for (const envelope of body.envelopes) {
      chat.came.push(envelope);
      if (envelope.kind === 'reply') arrived.get((envelope.body as { reply: string }).reply)?.();
    }
    if (body.more) await pull();
  }
  const look = () => {
    pulling = pulling.then(pull).catch(() => {});
  };

  let socket: WebSocket | undefined;
  async function listen(): Promise<void> {
    const { headers } = await signed(key, { method: 'GET', path: '/v1/sync/wake' });
    socket = new WebSocket(`${front.replace('http', 'ws')}/v1/sync/wake`, { headers });
    socket.on('message', look);
    socket.on('open', look);
    socket.on('error', () => {});
    socket.on('close', () => !closing && setTimeout(() => void listen(), 200));
  }

  async function reply(): Promise<void> {
    for (let n = 0; !closing; n++) {
      const id = `${edge}-r${n}`;
      const at = performance.now();
      const here = new Promise<void>((done) => arrived.set(id, done));
      await until(
        async () =>
          (await call(front, 'POST', `/v1/cases/case-${edge}/replies`, { token: technician, body: { id, text: `reply ${n}` } })).status ===
          200,
      );
      await here;
      chat.replies.push({ at, took: performance.now() - at });
      await sleep(paceMs * (0.5 + Math.random()));
    }
  }

  await listen();
  const timer = setInterval(look, lookMs);
  const sending = send();
  await until(async () => chat.told > 0);
  const replying = reply();

  async function end(): Promise<void> {
    closing = true;
    await Promise.all([sending, replying]);
    clearInterval(timer);
    socket?.close();
    await pulling;
  }
  return chat;
}
