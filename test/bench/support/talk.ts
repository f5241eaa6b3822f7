/**
 * Reads over somebody's shoulder: `npm run bench:support -- --task NAME --show`. Flags: `--task` part of a task's name (all when absent),
 * `--words open|stranger|visitor|held-back|held-back-second|held-back-third` by whose words they use, `--seeds N`, `--show` every conversation (else those that failed), `--lite` edges without an embedder, `--json`. Held-back tasks are scored and never shown:
 * of them stand only the totals, also of why they failed.
 */
import { parseArgs } from 'node:util';
import { machineLine, metricsOf, tableOf } from '../measure.ts';
import { playAll } from './play-all.ts';
import { reasonsOf } from './reasons.ts';
import { show } from './show.ts';
import { wordsOf } from './speak.ts';
import { rowsOf, support, trials } from './support.ts';
import { loadTasks } from './task.ts';

const { values } = parseArgs({
  options: {
    task: { type: 'string', default: '' },
    words: { type: 'string' },
    seeds: { type: 'string', default: String(trials) },
    show: { type: 'boolean', default: false },
    lite: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    // As the other sets take it; these tasks are in the project.
    data: { type: 'string' },
  },
});
const seeds = Number(values.seeds);
const all = await loadTasks();
const tasks = all.filter((task) => task.id.includes(values.task) && (!values.words || wordsOf(task) === values.words));
if (tasks.length === 0 || !(seeds >= 1)) {
  console.error(
    tasks.length === 0
      ? `No task is called like "${values.task}". There are: ${all.map(({ id }) => id).join(', ')}.`
      : '--seeds is a number from 1.',
  );
  process.exit(2);
}
console.log(`${machineLine()}\n${new Date().toISOString()}\n`);
const scored = await playAll(tasks, seeds, { lite: values.lite, onScored: () => process.stderr.write('.') });
process.stderr.write('\n');
const ordered = scored.toSorted((a, b) => a.played.task.id.localeCompare(b.played.task.id) || a.played.seed - b.played.seed);
for (const one of ordered) if (!one.played.task['held-back'] && (values.show || !one.passed)) console.log(`${show(one)}\n`);
console.log(
  `${reasonsOf(scored)
    .map(({ why, times }) => `${times} × ${why}`)
    .join('\n')}\n`,
);
const rows = rowsOf(scored);
console.log(tableOf(support.title, rows));
if (values.json) console.log(JSON.stringify({ [support.name]: metricsOf(rows) }));
