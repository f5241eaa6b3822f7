import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
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
const site = await createSite({ settings: { unnamedTalk: 'hub' } });
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
  await signsFor(site.operator, 'edge-test', session, 'before the copy');
  await signsFor(second, 'edge-two', theirs, 'before the copy');
  await site.stopHub();
  const [hub, image] = [join(site.folder, 'hub'), join(site.folder, 'image')];
  await cp(hub, image, { recursive: true });
  const copied = Date.now();
  await site.startHub();
  await says(second, theirs, 'after the copy');
  await says(site.operator, session, 'after the copy');
  await signsFor(site.operator, 'edge-test', session, 'after the copy');
  await signsFor(second, 'edge-two', theirs, 'after the copy');
  const known = await head();
  tell('both edges have signed for more than a copy of the hub has');

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
  await signsFor(second, 'edge-two', theirs, 'after the copy');
  const file = await signsFor(site.operator, 'edge-test', session, 'after it was declared');
  tell('both edges follow the new log and sign for it');

  const { ok, seen } = verifyText(p, file);
  assert.equal(ok, true);
  const [{ lost, reason }] = seen.restored as [(typeof seen.restored)[number]];
  assert.deepEqual([seen.restored.length, reason, lost > 0], [1, 'the disk failed', true]);
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

async function head(): Promise<{ origin: string; size: number }> {
  const [origin, size] = (await (await site.technician.raw('/v1/record/log/checkpoint')).text()).split('\n');
  return { origin: origin as string, size: Number(size) };
}

/**
 * An edge has signed, as a witness, for a head of the log as it is now that holds the seal over these words. It is asked seldom, since asking is
 * recorded too; and what is recorded brings it to look soon.
 */
async function signsFor(edge: Client, name: string, session: string, words: string): Promise<string> {
  const { origin } = await head();
  return until(
    `${name} signs for what it sealed`,
    async () => {
      await setTimeout(3_000);
      const text = await (await edge.raw(`/v1/sessions/${session}/export`)).text();
      const lines = text.split('\n');
      const after = lines.slice(lines.findIndex((line) => line.includes(words)));
      const isSigned = (line: string) => line.startsWith('{"receipt"') && line.includes(`${origin}\\n`) && line.includes(`— ${name} `);
      return text.includes(words) && after.some(isSigned) && text;
    },
    patience,
  );
}

try {
  await drill();
} finally {
  await other.stop();
  await site.close();
}
