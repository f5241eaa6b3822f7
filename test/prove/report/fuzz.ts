import type { FuzzHunt } from '../fuzz/hunt.ts';
import { count, notRun, runs, total } from './read.ts';

/** What `prove:fuzz` found at each door. */
export function fuzz(): string {
  const { seeds, all } = runs<FuzzHunt>('fuzz.json');
  const before = runs<FuzzHunt>('fuzz-unguided.json');
  const doors = [...new Set([...all, ...before.all].flatMap(({ byTarget }) => Object.keys(byTarget)))].sort();
  return `## What comes from outside

\`npm run prove:fuzz\` gives each door true examples of what comes in, as they are and then changed, and looks that each is taken or refused in our own words, and that no library
warns of it. ${
    all.length === 0
      ? notRun
      : `Run: seeds ${seeds}.

| door | tried | kinds of answers in one seed, at most | tried before, not guided |
| --- | ---: | ---: | ---: |
${doors.map((door) => `| ${door} | ${count(total(all, ({ byTarget }) => byTarget[door] ?? 0))} | ${count(Math.max(...all.map(({ kinds }) => kinds?.[door] ?? 0)))} | ${count(total(before.all, ({ byTarget }) => byTarget[door] ?? 0))} |`).join('\n')}
| **all** | **${count(total(all, ({ eaten }) => eaten))}** | | ${count(total(before.all, ({ eaten }) => eaten))} |
| **thrown that is no refusal, or warned of** | **${count(total(all, ({ faults }) => faults.length))}** | | ${count(total(before.all, ({ faults }) => faults.length))} |
| memory in use grew at most, MiB | ${count(Math.max(...all.map(({ grewMiB }) => grewMiB)))} | | ${count(Math.max(...before.all.map(({ grewMiB }) => grewMiB)))} |`
  }

How often a door is tried follows from a table of what a try costs (\`costs\` and \`share\` in \`test/prove/fuzz/*targets.ts\`), so that each has its share of the time and a cheap one is
tried often; frames of MQTT, which come in before anybody has shown who they are, have six shares, what a log tells three. It is guided by answers: an input that a door answers in a way it has
not before in this seed (another refusal, figures and quotations left out; other parts in what was read) is an example of that door from then on. It is not guided by coverage of the
code; that was not tried. Most of the count is at the four cheapest doors, and some dear ones (case files, policies, packs) were tried more often in the last column: by an earlier
instrument, seeds ${before.seeds}, which changed true examples without a guide and drew doors by count.

The same seed feeds each door the same, but for the whole hub, whose answers hold its clock. Seeds 1 to 4 cannot be repeated to the byte: keys and dates of updates were still made anew in
each run, and pieces of them were lent to other doors; in them no example of a policy, a pack or
canonical JSON was one that is taken, and nothing was fetched by what the lists of updates said, so that these doors were tried near their surface only. Found while the doors were written, and mended: a bundle in which a name was a file and a folder was a fault of the hub; a list for
a name in YAML made a library warn on the error stream.

The routes of the edge are asked with a stand-in for the house behind them; those of the hub with its store, over HTTP, as an admin and as an edge. WebSocket and Wyoming connections go to the
handlers through a connection in memory. What this does not try: the HTTP and MQTT parsers of Node and of the broker's library themselves; streams of events; routes of the hub that would
have it call other machines or lock its own admin out (bridges, hooks, sign-in, technicians, push); inputs of more than 20,000 bytes; many inputs at once.
`;
}
