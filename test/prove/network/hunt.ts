import { createSite, type Site, until } from '../../support/site.ts';
import { createProxy, type Fault, faults, type Phase, phases } from './proxy.ts';

export type NetworkHunt = { tried: number; struck: string[]; wrong: string[]; slowestMs: number };

/** Everything must be where it belongs within this; an edge gives a hub that is silent 15 s, and waits up to 30 s before it comes again. */
const patienceMs = 90_000;

/**
 * A real edge and a real hub with a proxy between them that harms a connection in this phase, while somebody speaks and a technician replies. Then all
 * must be on both sides, once.
 */
export async function huntNetwork(pairs: readonly (readonly [Fault, Phase])[]): Promise<NetworkHunt> {
  const hunt: NetworkHunt = { tried: 0, struck: [], wrong: [], slowestMs: 0 };
  const proxy = createProxy();
  const port = await proxy.start();
  const site = await createSite({
    settings: { unnamedTalk: 'hub', hubUrl: `http://127.0.0.1:${port}` },
    onHub: (of) => proxy.aim(Number(new URL(of).port)),
  });
  try {
    const { session } = await site.operator.post('/v1/sessions', { channel: 'panel', locale: 'en' });
    const { case: id } = await site.operator.post(`/v1/sessions/${session}/handoff`);
    await until('the case is at the hub', () => site.technician.get(`/v1/cases/${id}`), patienceMs);
    for (const [fault, phase] of pairs) {
      const name = `${fault} at ${phase}`;
      hunt.tried++;
      const from = performance.now();
      try {
        let hit = false;
        void proxy.strike(fault, phase).then(() => {
          hit = true;
        });
        await both(site, session, id, name, () => hit);
        hunt.struck.push(name);
      } catch (error) {
        hunt.wrong.push(`${name}: ${(error as Error).message}`);
      }
      hunt.slowestMs = Math.max(hunt.slowestMs, Math.round(performance.now() - from));
    }
  } finally {
    await site.close();
    await proxy.stop();
  }
  return hunt;
}

/** Says something here and there until the blow has fallen, and looks that all of it arrives, once. */
async function both(site: Site, session: string, id: string, name: string, hit: () => boolean): Promise<void> {
  const said: string[] = [];
  const end = performance.now() + patienceMs;
  do {
    const text = `${name}, ${said.length}`;
    await site.operator.post(`/v1/sessions/${session}/turns`, { text: `said: ${text}` });
    await site.technician.post(`/v1/cases/${id}/replies`, { text: `replied: ${text}` });
    said.push(text);
    await new Promise((resolve) => setTimeout(resolve, 200));
  } while (!hit() && performance.now() < end);
  if (!hit()) throw new Error('this moment never came');
  const times = (turns: { text: string }[], text: string) => turns.filter((turn) => turn.text === text).length;
  await until(
    'all is here and there',
    async () => {
      const here = (await site.operator.get(`/v1/sessions/${session}`)).turns;
      const there = (await site.technician.get(`/v1/cases/${id}`)).turns;
      for (const text of said) if (times(here, `replied: ${text}`) > 1 || times(there, `said: ${text}`) > 1) throw new Error('doubled');
      return said.every((text) => times(here, `replied: ${text}`) === 1 && times(there, `said: ${text}`) === 1);
    },
    patienceMs,
  );
}

export const allPairs: (readonly [Fault, Phase])[] = phases.flatMap((phase) => faults.map((fault) => [fault, phase] as const));
