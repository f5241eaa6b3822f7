import type { HubsHunt } from '../hubs/hunt.ts';
import { count, notRun, runs } from './read.ts';

export function hubs(): string {
  const { all } = runs<HubsHunt>('hubs.json');
  const rows = all.map(
    ({ edges, front, kills, records, replies, calmMs, killedMs, wrong }) =>
      `| ${count(edges)} | ${front} | ${kills} | ${count(records)} | ${count(replies)} | ${count(wrong.length)} | ${count(calmMs)} ms | ${count(killedMs)} ms |`,
  );
  return `## Several hubs on one database

\`npm run prove:hubs\` has edges send and technicians chat through two hubs on one PostgreSQL behind a proxy, kills one hub after the other with no warning, and restarts the database.
Nothing acknowledged may be lost or doubled; chats are to go on within five seconds.
${
  all.length === 0
    ? notRun
    : `
| edges | proxy | kills | records acknowledged | replies acknowledged | **lost, doubled or out of order** | slowest reply, calm | while one is killed |
| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}`
}
`;
}
