import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';
import { program, type Wayside, wayside } from '../support/processes.ts';
import { client, until } from '../support/site.ts';
import { liveThing } from './live-thing.ts';
import { signedIn } from './signed-in.ts';
import { createWire } from './wire.ts';

/**
 * Takes the demo apart by hand, in front of a real browser, and pictures what people see: `npm run pictures:pulled-apart`, for
 * docs/explanation/pulled-apart.md. Edge, hub and car are processes as anybody starts them, and every step ends by looking whether what
 * was acknowledged is there, once. The disk that fills up is a small one of its own, which takes the right to mount: as root, or with
 * `unshare -rm npm run pictures:pulled-apart`.
 */
type Hub = { url: string; token: string; enrolmentCode: string; firstAdmin: { name: string; password: string } };
type Edge = { url: string; token: string; panel: string; mqtt: { url: string; username: string; password: string } };

const run = promisify(execFile);
const images = resolve(import.meta.dirname, '../../docs/images');
const mebibyte = 2 ** 20;
/** Enough that it is not said to be nearly full from the beginning. */
const diskMiB = 768;
const folder = await mkdtemp(join(tmpdir(), 'wayside-apart-'));
const [disk, hubData] = [join(folder, 'disk'), join(folder, 'hub')];
const edgeData = join(disk, 'edge');
const ports = { hub: await freePort(), edge: await freePort(), mqtt: await freePort() };

const operator = client(
  () => edge.ready.url,
  () => edge.ready.token,
);
const technician = client(
  () => hub.ready.url,
  () => hub.ready.token,
);

const say = (line: string) => process.stdout.write(`${line}\n`);
const take = async (page: Page | Locator, name: string) => {
  await new Promise((done) => setTimeout(done, 800));
  await page.screenshot({ path: join(images, `${name}.png`) });
  say(`  ${name}.png`);
};
const holds = (what: string, is: boolean) => {
  if (!is) throw new Error(`This does not hold: ${what}`);
  say(`  ${what}`);
};

await mkdir(disk);
await run('mount', ['-t', 'tmpfs', '-o', `size=${diskMiB}m`, 'tmpfs', disk]);
const browser = await launchBrowser();
const startHub = () => wayside<Hub>(['hub', '--data', hubData, '--port', String(ports.hub), '--log-level', 'error']);
let hub: Wayside<Hub> = await startHub();
const wire = await createWire(hub.ready.url);
const startEdge = (...more: string[]) => {
  const where = ['--data', edgeData, '--port', String(ports.edge), '--mqtt-port', String(ports.mqtt), '--hub-url', wire.url];
  return wayside<Edge>(['edge', ...where, '--generator', 'none', '--log-level', 'error', ...more]);
};
let edge: Wayside<Edge> = await startEdge('--enrol', hub.ready.enrolmentCode);
const car = await liveThing(
  { edge: () => ({ mqttPort: ports.mqtt, mqtt: edge.ready.mqtt }) as never, operator },
  'vehicle/misfire',
  'misfire-cylinder-1',
  210_000,
);
const { page: panel } = await openPage(browser, edge.ready.panel, { size: 'kiosk' });
panel.setDefaultTimeout(60_000);

try {
  await killed();
  const id = await cutOff();
  await full();
  await hubLost(id);
  await tampered(id);
} finally {
  await browser.close();
  await car.stop();
  await edge.stop().catch(() => {});
  await wire.cut();
  await hub.stop().catch(() => {});
  await run('umount', ['--lazy', disk]);
  await rm(folder, { recursive: true, force: true });
}

/** The edge dies as its question is on the way, and once more is asked before it is back. */
async function killed(): Promise<void> {
  say('kill -9 of the edge, in the middle of a conversation');
  await ask('Why did the warning light come on?');
  await answer(/P0301/).waitFor();
  await Promise.all([ask('What is the coolant temperature?'), edge.kill()]);
  await panel.getByRole('alert').getByText('does not answer').waitFor();
  await ask('Can I drive on?');
  await panel.getByText('Kept here.', { exact: false }).first().waitFor();
  await take(panel, 'apart-killed-en');
  edge = await startEdge();
  await until('all is answered', async () => (await panel.locator('[data-pending="true"]').count()) === 0, 60_000);
  const said = (await turns()).filter(({ by }) => by === 'operator').map(({ text }) => text);
  holds('each question is there once', said.length === 3 && new Set(said).size === 3);
}

/** One tap for a person while there is no network. @returns the case, once it is at the hub */
async function cutOff(): Promise<string> {
  say('the network is cut, and a person is asked for');
  const request = panel.getByRole('status', { name: 'Your request to a person' });
  await wire.cut();
  await panel.getByRole('button', { name: /State of the system. Offline/ }).waitFor();
  await panel.getByRole('button', { name: 'Talk to a person' }).click();
  await request.getByText('Saved here.', { exact: false }).waitFor();
  await take(panel, 'apart-cut-en');
  holds('the hub knows nothing of it', (await technician.get('/v1/cases')).cases.length === 0);
  await wire.mend();
  await request.getByText('At the hub.', { exact: false }).waitFor();
  const { cases } = await technician.get<{ cases: { id: string }[] }>('/v1/cases');
  holds('it is at the hub, once', cases.length === 1);
  return cases[0]!.id;
}

/** The edge's disk fills up to the last byte. */
async function full(): Promise<void> {
  say('the disk is full');
  const filler = await open(join(disk, 'filler'), 'w');
  const block = Buffer.alloc(mebibyte, 1);
  const fill = async () => {
    for (;;) if (!(await filler.write(block).catch(() => undefined))) return;
  };
  await fill();
  await panel.getByRole('button', { name: /Storage: Full/ }).waitFor();
  await until('room is given up', async () => (await statfs(disk)).bfree > 0);
  await ask('What is the oil temperature?');
  await answer(/[Oo]il/).waitFor();
  holds('with the room held back, it still answers', true);
  await fill();
  await until('nothing is free', async () => {
    await fill();
    return (await statfs(disk)).bfree === 0;
  });
  await ask('What does P0301 mean?');
  await panel.getByText('as soon as there is room', { exact: false }).first().waitFor();
  await take(panel, 'apart-full-en');
  await filler.close();
  await rm(join(disk, 'filler'));
  await until('it is answered', async () => (await panel.locator('[data-pending="true"]').count()) === 0, 60_000);
  const said = (await turns()).filter(({ text }) => text === 'What does P0301 mean?');
  holds('what was refused is asked again by itself, once', said.length === 1);
}

/** The hub's disk is gone, with all it knew; another takes its place. */
async function hubLost(id: string): Promise<void> {
  say('the hub’s store is lost, and its edges fill a new one');
  await hub.kill();
  await rm(hubData, { recursive: true });
  hub = await startHub();
  await edge.stop();
  edge = await startEdge('--enrol', hub.ready.enrolmentCode);
  await until('the case is back', () => technician.get(`/v1/cases/${id}`).catch(() => undefined), 60_000);
  await until('all of it', async () => (await operator.get('/v1/status')).hub.waiting === 0, 60_000);
  const kept = (await turns()).filter(({ by }) => by === 'operator').length;
  const there = (await technician.get(`/v1/cases/${id}`)).turns.filter(({ by }: { by: string }) => by === 'operator').length;
  holds(`all ${kept} questions are at the new hub`, kept === there);
  const console = await signedIn(browser, { hubUrl: hub.ready.url }, {}, hub.ready.firstAdmin);
  await console.goto(`${hub.ready.url}/#/cases/${id}`);
  await console.setViewportSize({ width: 1280, height: 560 });
  await console.getByText('Verified: all here', { exact: false }).waitFor({ timeout: 90_000 });
  await console.getByText('Verified: all here', { exact: false }).scrollIntoViewIfNeeded();
  await take(console, 'apart-hub-lost-en');
  await console.context().close();
}

/** One byte of a file, and one of the edge's store. */
async function tampered(id: string): Promise<void> {
  say('one byte is changed: in an exported file, then in the store');
  const file = join(folder, 'case.jsonl');
  const text = await (await operator.raw(`/v1/sessions/${await session()}/export`)).text();
  await writeFile(file, text);
  holds('the file as it was made is whole', (await verify(file)).startsWith('✓'));
  await writeFile(file, text.replace('Can I drive on?', 'Can I drive in?'));
  const said = await verify(file);
  holds(`wayside verify: ${said.split('\n')[0]}`, said.startsWith('✗'));
  const { page } = await openPage(browser, `${edge.ready.url}/verify.html`);
  await page.setViewportSize({ width: 1000, height: 520 });
  await page.setInputFiles('#file', file);
  await page.locator('#verdict.bad').waitFor();
  await take(page.locator('#verdict'), 'apart-verify-en');
  await page.context().close();

  await edge.stop();
  const store = join(edgeData, 'edge.db');
  const db = new DatabaseSync(store);
  const { changes } = db
    .prepare(
      `update "recordBody" set body = replace(body, 'drive on?', 'drive in?') where n = (select min(n) from "recordBody" where body like '%drive on?%')`,
    )
    .run();
  db.close();
  holds('one body of the record is another by one byte', changes === 1);
  edge = await startEdge();
  const console = await signedIn(browser, { hubUrl: hub.ready.url }, {}, hub.ready.firstAdmin);
  await console.goto(`${hub.ready.url}/#/cases/${id}`);
  await console.setViewportSize({ width: 1280, height: 560 });
  await until('the hub says so', async () => (await technician.get(`/v1/cases/${id}/record`)).alarms.length > 0, 60_000);
  await console.reload();
  await console.getByText('Something this edge had kept', { exact: false }).scrollIntoViewIfNeeded();
  await take(console, 'apart-tampered-en');
  await console.context().close();
}

async function ask(text: string): Promise<void> {
  await panel.getByRole('textbox', { name: 'Message' }).fill(text);
  await panel.keyboard.press('Enter');
}
function answer(holding: RegExp): Locator {
  return panel.getByRole('article', { name: 'Wayside' }).filter({ hasText: holding }).last();
}
async function session(): Promise<string> {
  const kept = await panel.evaluate(() => Object.entries(localStorage).find(([key]) => key.startsWith('wayside.conversation.car-1'))?.[1]);
  return (JSON.parse(kept ?? '{}') as { session: string }).session;
}
async function turns(): Promise<{ by: string; text: string }[]> {
  return (await operator.get(`/v1/sessions/${await session()}`)).turns;
}
/** What the command says of a file, whole or not. */
async function verify(file: string): Promise<string> {
  const { stdout } = await run(process.execPath, [program, 'verify', file], { env: { ...process.env, LANG: 'en' } }).catch((not) => not);
  return stdout;
}
