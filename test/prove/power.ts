import { edgeKept } from './power/edge-kept.ts';
import { hubKept } from './power/hub-kept.ts';
import { hasStrace, huntPower, type PowerHunt, record } from './power/hunt.ts';
import { runSeeds } from './run-seeds.ts';

/**
 * `npm run prove:power`: the power is cut while a real store writes. Its system calls are taken down by strace (Debian's), and played again on a disk that
 * keeps of what was not synced whatever it likes. No acknowledged record may be lost, no store stay shut, no chain break. Each seed is also run on a
 * disk that lies about its syncs: there losses must be found, or the proof sees nothing. `-- hub`: a whole hub's file instead of an edge's. `--count` (images), `--seed`, `--keep`.
 */
if (!(await hasStrace())) {
  process.stderr.write('prove:power needs strace, which is not here: apt-get install strace\n');
  process.exit(1);
}
const [which] = process.argv.splice(2, process.argv[2] === 'hub' ? 1 : 0);
const kept = which === 'hub' ? hubKept : edgeKept;
await runSeeds<PowerHunt & { control: number }>({
  perSeed: 2_000,
  count: 10_000,
  file: which === 'hub' ? 'power-hub.json' : 'power.json',
  async run(count, seed) {
    const ops = await record(kept, seed);
    const hunt = await huntPower(kept, count, seed, true, ops);
    const control = await huntPower(kept, Math.min(count, 40), seed, false, ops);
    return { ...hunt, control: control.wrong.length };
  },
  bad: ({ wrong, control }) => wrong.length + (control === 0 ? 1 : 0),
  say: ({ images, withUnsynced, calls, acknowledged, wrong, control }) =>
    `${images} images (${withUnsynced} with unsynced writes) over ${calls} calls and ${acknowledged} acknowledged records: ${wrong.length} wrong; the disk that lies: ${control} wrong`,
});
