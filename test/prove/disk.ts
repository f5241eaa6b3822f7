import { canFail, type DiskHunt, huntDisk } from './disk/hunt.ts';
import { runSeeds } from './run-seeds.ts';

/**
 * `npm run prove:disk`: the store of an edge or a hub lives on a disk that is full or answers with errors, written to or read, at each call of its life.
 * No acknowledged record may be lost, what is refused is refused in clear words, and when the disk is well again it goes on. `--count` (lives), `--seed`, `--keep`.
 */
if (!(await canFail())) {
  process.stderr.write('prove:disk needs Linux and a C compiler, which are not here: apt-get install gcc\n');
  process.exit(1);
}
await runSeeds<DiskHunt>({
  perSeed: 1_000,
  count: 10_000,
  file: 'disk.json',
  run: huntDisk,
  bad: ({ wrong }) => wrong.length,
  say: ({ lives, failed, saved, refused, wrong }) =>
    `${lives} lives, ${failed} calls failed, ${saved} records acknowledged, refused ${JSON.stringify(refused)}: ${wrong.length} wrong ${JSON.stringify(wrong.slice(0, 3))}`,
});
