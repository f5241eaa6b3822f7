import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { verifyText } from '@wayside/record';
import { nodePrimitives as p } from '@wayside/record/node';
import { restored } from '../../cli/src/hub-restored.ts';
import { startEdge } from '../support/edge.ts';
import { enrolled } from '../support/enrolled.ts';
import { type Client, client, createSite, until } from '../support/site.ts';

/**
 * `npm run prove:restored`: a hub is put back from an old copy while one of its two edges is away. The other fills the places of what is lost with its own, and
 * from then on no edge can sign for this log, until its operator says what happened. Then all is consistent again, and the gap stands in every file.
 */
const patience = 120_000;
const site = await createSite();
const startOther = () => startEdge({ data: join(site.folder, 'edge-two'), hubUrl: site.hubUrl });
await enrolled(join(site.folder, 'edge-two'), 'edge-two', site.hubUrl, await site.enrolmentCode());
let other = await startOther();

async function drill(): Promise<void> {
  const second = client(
    () => other.url,
    () => other.token,
  );
  const session = await begin(site.operator);
  const theirs = await begin(second);
  const { case: id } = await site.operator.post(`/v1/sessions/${session}/handoff`);
  await signedByBoth(4);
  await site.stopHub();
  const [hub, image] = [join(site.folder, 'hub'), join(site.folder, 'image')];
  await cp(hub, image, { recursive: true });
  const copied = Date.now();
  await site.startHub();
  const before = await head();
  await says(second, theirs, 'after the copy');
  await says(site.operator, session, 'after the copy');
  await signedByBoth(before.size + 2);
  const known = await head();
  tell(`both edges have signed for a log of ${known.size} leaves; a copy of the hub has ${before.size} of them`);

  await other.stop();
  await site.stopHub();
  await rm(hub, { recursive: true });
  await cp(image, hub, { recursive: true });
  await site.startHub();
  await says(site.operator, session, 'after the hub was put back');
  await until(
    'the edge distrusts the log',
    async () => (await site.technician.raw(`/v1/record/restoration?copied=${copied}`)).ok,
    patience,
  );
  tell('the hub was put back, and its edge distrusts it');

  const declare = () =>
    restored({ hub: site.hubUrl, data: site.folder, copied: new Date(copied).toISOString(), reason: 'the disk failed' });
  await declare();
  other = await startOther();
  await says(site.operator, session, 'after it was declared');
  assert.notEqual((await head()).origin, known.origin);
  await assert.rejects(declare(), 'what is declared once is not declared again');
  await signedByBoth(known.size);
  tell('both edges follow the new log and sign for it');

  const file = await until(
    'the newest is in the new log',
    async () => {
      const text = await (await site.operator.raw(`/v1/sessions/${session}/export`)).text();
      return text.includes(`${(await head()).origin}\\n`) && text.includes('after it was declared') && text;
    },
    patience,
  );
  const { ok, seen } = verifyText(p, file);
  assert.equal(ok, true);
  const lost = known.size - before.size;
  assert.deepEqual(
    seen.restored.map((one) => [one.size, one.lost, one.reason]),
    [[known.size, lost, 'the disk failed']],
  );
  const path = join(site.folder, 'case.jsonl');
  await writeFile(path, file);
  const python = spawnSync('python3', [resolve(import.meta.dirname, '../../record/python/verify.py'), path], { encoding: 'utf8' });
  if (python.error) tell('python3 is not here: the second verifier was not asked');
  else assert.equal(JSON.parse(python.stdout).restored[0].lost, lost);
  await until('the hub itself is whole', async () => (await site.technician.get(`/v1/cases/${id}/record`)).state === 'verified', patience);
  tell(
    `an exported conversation is whole, and says that ${lost} leaves were lost; so ${python.error ? 'far' : 'does the second verifier'}`,
  );
}

function tell(what: string): void {
  process.stderr.write(`${what}\n`);
}

async function begin(edge: Client): Promise<string> {
  const { session } = await edge.post('/v1/sessions', { channel: 'api', locale: 'en' });
  await says(edge, session, 'before the copy');
  return session;
}

async function says(edge: Client, session: string, text: string): Promise<void> {
  await edge.post(`/v1/sessions/${session}/turns`, { text });
  await edge.post(`/v1/sessions/${session}/seal`);
}

async function head(): Promise<{ origin: string; size: number; witnesses: number }> {
  const text = await (await site.technician.raw('/v1/record/log/checkpoint')).text();
  const [origin, size, , , ...signatures] = text.trim().split('\n') as [string, string, ...string[]];
  return { origin, size: Number(size), witnesses: signatures.length - 1 };
}

/** Both edges have signed for the head that the hub shows, of so many leaves at least. */
const signedByBoth = (least: number) =>
  until(
    'both have signed',
    async () => {
      const { size, witnesses } = await head();
      return size >= least && witnesses === 2;
    },
    patience,
  );

try {
  await drill();
} finally {
  await other.stop();
  await site.close();
}
