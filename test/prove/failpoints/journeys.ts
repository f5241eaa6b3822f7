import { until } from '../../support/site.ts';
import { countCommand, type Ledger } from './ledger.ts';
import type { Pair } from './pair.ts';

/** A client that comes back: what is not acknowledged is asked again with the same id, as panel and console do. */
const insist = <T>(what: string, act: () => Promise<T>): Promise<T> => until(what, act, 60_000);
/** Done already is done. */
const already = (error: Error) => (error.message.includes('409') ? true : Promise.reject(error));

async function open({ operator }: Pair, thing?: string): Promise<string> {
  const ask = { channel: 'api', locale: 'en', ...(thing ? { thing } : {}) };
  return (await insist('a conversation', () => operator.post('/v1/sessions', ask))).session;
}

async function say({ operator }: Pair, ledger: Ledger, session: string, id: string): Promise<void> {
  await insist('a turn', () => operator.post(`/v1/sessions/${session}/turns`, { id, text: `hello, this is ${id}` }));
  ledger.said.set(id, session);
}

async function askForHelp({ operator, technician }: Pair, ledger: Ledger, session: string): Promise<string> {
  const { case: id } = await insist('a handoff', () => operator.post(`/v1/sessions/${session}/handoff`));
  ledger.cases.set(session, id);
  await insist('the case at the hub', () => technician.get(`/v1/cases/${id}`));
  return id;
}

/** Three turns, a person is asked for, a technician answers and writes down what was learned. */
export async function talk(pair: Pair, ledger: Ledger, n: string): Promise<void> {
  const { operator, technician } = pair;
  const session = await open(pair);
  for (const i of [1, 2, 3]) await say(pair, ledger, session, `t${n}-${i}`);
  const id = await askForHelp(pair, ledger, session);
  await insist('a reply', () => technician.post(`/v1/cases/${id}/replies`, { id: `r${n}`, text: `reply ${n}` }));
  ledger.said.set(`r${n}`, session);
  const article = { id: `learned-${n}`, locale: 'en', title: `Learned ${n}`, body: `What ${n} taught.`, family: 'boiler' };
  await insist('an article', () => technician.post('/v1/articles', { ...article, faults: [], tags: [], sources: ['test'] }).catch(already));
  await insist('its publication', () => technician.post(`/v1/articles/${article.id}/en/publish`).catch(already));
  ledger.articles.add(article.id);
  await insist('the reply at the edge', async () =>
    (await operator.get(`/v1/sessions/${session}`)).turns.some((turn: { id: string }) => turn.id === `r${n}`),
  );
}

/** Somebody has the lamp switched, and agrees to it; what became of it is waited for. */
export async function command(pair: Pair, ledger: Ledger): Promise<void> {
  const session = await open(pair, pair.lamp.id);
  await askForHelp(pair, ledger, session);
  // A proposal that died with its process is made anew.
  await insist('a yes', async () => {
    const args = { on: !pair.lamp.isLit() };
    const proposed = await pair.operator.post(`/v1/sessions/${session}/commands`, { action: 'lamp', args });
    if (proposed.state !== 'proposed') throw new Error(`it is ${proposed.state}: ${proposed.why?.en}`);
    await agree(pair, ledger, session, proposed.command);
    return true;
  });
}

/** An answer that was lost may have been a yes: the command is in the ledger before it is asked for. */
async function agree(pair: Pair, ledger: Ledger, session: string, id: string): Promise<void> {
  ledger.agreed.set(id, session);
  await pair.operator.post(`/v1/sessions/${session}/commands/${id}/consent`).catch(() => undefined);
  await countCommand(pair, ledger, id);
}

/** A technician looks at the machine and asks for the lamp; the person agrees. */
export async function offer(pair: Pair, ledger: Ledger): Promise<void> {
  const { operator, technician } = pair;
  const session = await open(pair, pair.lamp.id);
  const id = await askForHelp(pair, ledger, session);
  const args = { on: !pair.lamp.isLit() };
  await insist('what the technician asks for', async () => {
    await technician.post(`/v1/cases/${id}/visit`);
    const away = new AbortController();
    try {
      await technician.raw(`/v1/cases/${id}/visit`, { signal: away.signal });
      await until('the visit', async () => (await technician.get(`/v1/cases/${id}`)).visits[0].beganAt !== null, 5_000);
      await technician.post(`/v1/cases/${id}/commands`, { action: 'lamp', args });
      return true;
    } finally {
      away.abort();
    }
  });
  // Asked for twice, as by a technician whose first answer was lost, the newest is what is meant.
  const proposed = await insist('the proposal', async () =>
    (await operator.get(`/v1/sessions/${session}`)).commands.findLast(({ state }: { state: string }) => state === 'proposed'),
  );
  await agree(pair, ledger, session, proposed.command);
}

/** A conversation goes on while the edge's image is kept from before; the caller puts it back. */
export async function beforePutBack(pair: Pair, ledger: Ledger, n: string): Promise<void> {
  const level = () => insist('nothing waits', async () => (await pair.operator.get('/v1/status')).hub.waiting === 0);
  const session = await open(pair);
  await say(pair, ledger, session, `b${n}`);
  await askForHelp(pair, ledger, session);
  await level();
  await pair.stop('edge');
  await pair.keepImage();
  await pair.start('edge');
  for (let i = 0; i < 6; i++) {
    await say(pair, ledger, session, `l${n}-${i}`);
    ledger.onlyAtHub.add(`l${n}-${i}`);
  }
  // It is sealed at once, so that the hub has a seal the image does not know.
  await insist('the record as a file', () => pair.operator.raw(`/v1/sessions/${session}/export`));
  await level();
  await pair.stop('edge');
  await pair.putBack();
  ledger.putBack = true;
}
