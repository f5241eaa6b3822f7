import { createBytesVerifier } from '@wayside/record';
import { nodePrimitives } from '@wayside/record/node';
import { until } from '../../support/site.ts';
import type { Pair } from './pair.ts';

/** What was acknowledged to somebody, and so must be there, once. */
export type Ledger = {
  /** Turn or reply by id: its conversation. */
  said: Map<string, string>;
  /** Said before an old image of the edge was put back: only the hub can have it. */
  onlyAtHub: Set<string>;
  cases: Map<string, string>;
  articles: Set<string>;
  /** Commands somebody agreed to: the conversation of each. */
  agreed: Map<string, string>;
  putBack: boolean;
};
export const createLedger = (): Ledger => ({
  said: new Map(),
  onlyAtHub: new Set(),
  cases: new Map(),
  articles: new Set(),
  agreed: new Map(),
  putBack: false,
});

const patienceMs = 60_000;
/** Where a command comes to its end; `reachedIt`: it may have been at the device. */
const ends = {
  reachedIt: ['confirmed', 'done', 'no-answer', 'not-seen', 'failed', 'declined'],
  never: ['expired', 'refused', 'cancelled'],
};

/** Waits until edge and hub are level, then counts: what was acknowledged is on both sides, once, each record holds, no command came twice. @throws Error */
export async function count({ operator, technician, lamp }: Pair, ledger: Ledger): Promise<void> {
  await until('nothing waits', async () => (await operator.get('/v1/status')).hub.waiting === 0, patienceMs);
  const { cases } = await technician.get('/v1/cases');
  const listed = cases.map(({ id }: { id: string }) => id);
  once('case', listed);
  const strange = listed.find((id: string) => ![...ledger.cases.values()].includes(id));
  if (strange) throw new Error(`case ${strange} is at the hub, and nobody asked for it`);
  for (const [session, id] of ledger.cases) await countCase({ operator, technician }, ledger, session, id);
  for (const id of ledger.articles)
    await until(`article ${id} at the edge`, () => operator.get(`/v1/articles/${id}?locale=en`), patienceMs);
  once('command', lamp.reached);
  for (const id of lamp.reached) if (!ledger.agreed.has(id)) throw new Error(`command ${id} was carried out, and nobody agreed to it`);
}

async function countCase({ operator, technician }: Pick<Pair, 'operator' | 'technician'>, ledger: Ledger, session: string, id: string) {
  const idsOf = (view: { turns: { id: string }[] }) => view.turns.map((turn) => turn.id);
  const said = [...ledger.said].filter(([, of]) => of === session).map(([turn]) => turn);
  await until(
    `all of ${session} on both sides`,
    async () => {
      const [here, there] = [idsOf(await operator.get(`/v1/sessions/${session}`)), idsOf(await technician.get(`/v1/cases/${id}`))];
      once('turn at the edge', here);
      once('turn at the hub', there);
      const missing = said.find((turn) => !there.includes(turn) || !(here.includes(turn) || ledger.onlyAtHub.has(turn)));
      if (missing) throw new Error(`${missing} is missing`);
      return true;
    },
    patienceMs,
  );
  const { alarms } = await technician.get(`/v1/cases/${id}/record`);
  const odd = alarms.find(({ what }: { what: string }) => !(ledger.putBack && ['rolled-back', 'equivocation'].includes(what)));
  if (odd) throw new Error(`the hub raised ${odd.what}`);
  const file = new Uint8Array(await (await operator.raw(`/v1/sessions/${session}/export`)).arrayBuffer());
  const verifier = createBytesVerifier(nodePrimitives, {});
  verifier.bytes(file);
  const verdict = verifier.end();
  if (!verdict.ok) throw new Error(`the record of ${session} does not hold: ${JSON.stringify(verdict)}`);
}

/** Waits for the end of a command that was agreed to; it must be the truth, and the hub must hear the same. @throws Error */
export async function countCommand({ operator, technician, lamp }: Pair, ledger: Ledger, command: string): Promise<void> {
  const session = ledger.agreed.get(command) as string;
  const stateIn = (commands: { command: string; state: string }[]) => commands.find((one) => one.command === command)?.state ?? '';
  const came = () => lamp.reached.includes(command);
  const state = await until(
    `the end of command ${command}`,
    async () => {
      const now = stateIn((await operator.get(`/v1/sessions/${session}`)).commands);
      return [...ends.reachedIt, ...ends.never].includes(now) && now;
    },
    patienceMs,
  );
  if (came() && ends.never.includes(state)) throw new Error(`command ${command} was carried out, and is said to be ${state}`);
  if (!came() && ['confirmed', 'done'].includes(state)) throw new Error(`command ${command} is said to be ${state}, and never came`);
  await until(
    `what became of command ${command} at the hub`,
    async () => {
      const { commands } = await technician.get(`/v1/cases/${ledger.cases.get(session)}`);
      const here = stateIn((await operator.get(`/v1/sessions/${session}`)).commands);
      return stateIn(commands.map(({ report }: { report: { command: string; state: string } }) => report)) === here;
    },
    patienceMs,
  );
}

function once(what: string, ids: readonly string[]): void {
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice) throw new Error(`${what} ${twice} is there twice`);
}
