import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.ts';
import { type Wayside, wayside } from '../../support/processes.ts';
import { client, until } from '../../support/site.ts';
import { fillOutbox, readMonth } from './fill-outbox.ts';

export type MonthHunt = {
  records: number;
  /** Of the edge's store before the hub came back. */
  bytes: number;
  /** From when the hub was back until a technician could see the request, and how many records still waited then. */
  askedSeconds: number;
  waitedThen: number;
  /** From when a technician answered until the person could see it, and how many still waited then. */
  answeredSeconds: number;
  waitedAtAnswer: number;
  /** The most memory each took, in MB. */
  memory: { edge: number; hub: number };
  /** From when the hub was back until nothing waited. */
  drainedSeconds: number;
  month: ReturnType<typeof readMonth>;
  wrong: string[];
};

/** What is more grows with the number of records. */
const mostMemory = 400;

type Ready = { url: string; token: string; enrolmentCode: string };

/** A real edge that has so many records for a real hub after a month without it, and somebody who asks for a person before it is back. */
export async function huntMonth(records: number, say: (line: string) => void): Promise<MonthHunt> {
  const folder = await mkdtemp(join(tmpdir(), 'wayside-month-'));
  const store = join(folder, 'edge', 'edge.db');
  const hubArgs = ['hub', '--data', join(folder, 'hub'), '--port', `${await freePort()}`, '--log-level', 'error'];
  const edgeArgs = ['edge', '--data', join(folder, 'edge'), '--port', `${await freePort()}`, '--mqtt-port', '0', '--generator', 'none'];
  const running: Wayside<Ready>[] = [];
  const start = async (args: string[]) => {
    const one = await wayside<Ready>(args);
    running.push(one);
    return one;
  };
  const clientOf = ({ ready }: Wayside<Ready>) =>
    client(
      () => ready.url,
      () => ready.token,
    );
  try {
    let hub = await start(hubArgs);
    edgeArgs.push('--log-level', 'error', '--hub-url', hub.ready.url);
    let edge = await start([...edgeArgs, '--enrol', hub.ready.enrolmentCode]);
    await until('they are level', async () => (await clientOf(edge).get('/v1/status')).hub.waiting === 0);
    await edge.stop();
    await hub.stop();
    fillOutbox(store, records, Date.now());
    const { size: bytes } = await stat(store);
    say(`${records} records wait, in a store of ${(bytes / 1e9).toFixed(2)} GB`);

    edge = await start(edgeArgs);
    const operator = clientOf(edge);
    const { session } = await operator.post('/v1/sessions', { channel: 'panel', locale: 'en' });
    await operator.post(`/v1/sessions/${session}/turns`, { text: 'I have waited a month' });
    const { case: id } = await operator.post(`/v1/sessions/${session}/handoff`);
    hub = await start(hubArgs);
    const from = performance.now();
    const seconds = () => Math.round((performance.now() - from) / 100) / 10;
    const waiting = async () => (await operator.get('/v1/status')).hub.waiting as number;
    await until('the request at the hub', () => clientOf(hub).get(`/v1/cases/${id}`), 120_000);
    const [askedSeconds, waitedThen] = [seconds(), await waiting()];
    say(`the request was there after ${askedSeconds} s, while ${waitedThen} waited`);
    const replied = performance.now();
    await clientOf(hub).post(`/v1/cases/${id}/replies`, { id: 'answer', text: 'Somebody is here' });
    const isAnswered = async () =>
      (await operator.get(`/v1/sessions/${session}`)).turns.some((turn: { text: string }) => turn.text === 'Somebody is here');
    await until('the answer at the edge', isAnswered, 120_000);
    const [answeredSeconds, waitedAtAnswer] = [Math.round((performance.now() - replied) / 100) / 10, await waiting()];
    say(`an answer was there after ${answeredSeconds} s, while ${waitedAtAnswer} waited`);
    let lastSaid = from;
    await until(
      'the month is up',
      async () => {
        const left = await waiting();
        if (performance.now() - lastSaid > 30_000) {
          lastSaid = performance.now();
          say(`${left} wait after ${seconds()} s`);
        }
        // Asked seldom, so that asking takes nothing from it.
        if (left > 0) await new Promise((resolve) => setTimeout(resolve, 1_000));
        return left === 0;
      },
      4 * 3_600_000,
    );
    const drainedSeconds = seconds();
    const memory = { edge: await mostMemoryOf(edge), hub: await mostMemoryOf(hub) };
    await edge.stop();
    await hub.stop();
    const month = readMonth(join(folder, 'hub', 'hub.db'));
    const turns = Math.floor(records / 100) * 9;
    // A short line is gone in a moment.
    const most = records < 1_000_000 ? 0 : records / 4;
    const wrong = [
      month.stored === records || `${month.stored} of ${records} are at the hub`,
      month.different === month.stored || 'some are there twice',
      month.outOfOrder === 0 || `${month.outOfOrder} are out of order`,
      month.turns === turns || `${month.turns} of ${turns} turns are at the hub`,
      month.handoffs === 1 || `${month.handoffs} handoffs are at the hub`,
      waitedThen > most || 'the request waited for most of the month',
      waitedAtAnswer > most || 'the answer waited for most of the month',
      Math.max(memory.edge, memory.hub) < mostMemory || `memory is not bounded: ${JSON.stringify(memory)} MB`,
    ].filter((one) => typeof one === 'string');
    return { records, bytes, askedSeconds, waitedThen, answeredSeconds, waitedAtAnswer, memory, drainedSeconds, month, wrong };
  } finally {
    for (const one of running) await one.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

/** In MB, as Linux keeps it (proc(5): VmHWM); 0 on other systems. */
async function mostMemoryOf({ process }: Wayside<Ready>): Promise<number> {
  const status = await readFile(`/proc/${process.pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1_000);
}
