import { type Bench, type Row, some } from '../measure.ts';
import { playAll } from './play-all.ts';
import { countsOf, passHat, type Scored } from './score.ts';
import { goals, heldBack, languages, loadTasks, moods, type Task } from './task.ts';

/** Conversations of each task, each with a seed of its own: as many as tau2-bench holds. */
export const trials = 4;

const metricOf = { first: 'heldBack', second: 'heldBackSecond', third: 'heldBackThird' } as const;

/** pass^k of all, and pass^1 by who talks of what; each group of tasks that were held back stands for itself. */
export function rowsOf(all: readonly Scored[]): Row[] {
  const seeds = Math.max(...countsOf(all).map(({ n }) => n));
  const inGroup = (group?: string) => all.filter(({ played }) => played.task['held-back'] === group);
  const open = inGroup();
  const row = (metric: string, says: string, of: readonly Scored[], k = 1): Row[] =>
    of.length === 0 ? [] : [{ metric, says, value: 100 * passHat(countsOf(of), k), unit: '%' }];
  const by = <T extends string>(which: readonly T[], of: (task: Task) => T, what: string) =>
    which.flatMap((one) => {
      const its = open.filter(({ played }) => of(played.task) === one);
      return row(`${what}.${one}`, `· ${what} ${one} (${countsOf(its).length} tasks), pass^1`, its);
    });
  const ks = Array.from({ length: seeds }, (_, n) => n + 1);
  const kept = (metric: string, says: string, of: readonly Scored[]): Row[] =>
    of.length === 0 ? [] : [{ metric, says, value: (100 * of.filter(({ broken }) => broken.length === 0).length) / of.length, unit: '%' }];
  return [
    ...ks.flatMap((k) => row(`pass${k}`, `pass^${k}, ${countsOf(open).length} tasks, ${open.length} conversations`, open, k)),
    ...heldBack.flatMap((group) => {
      const its = inGroup(group);
      return [
        ...ks.flatMap((k) => row(`${metricOf[group]}Pass${k}`, `held back ${group}: pass^${k}, ${countsOf(its).length} tasks`, its, k)),
        ...kept(`${metricOf[group]}Policy`, `held back ${group}: every rule was kept`, its),
      ];
    }),
    ...(open.length > 0
      ? [
          {
            metric: 'end',
            says: 'The machine ended as it must',
            value: (100 * open.filter(({ end }) => !end).length) / open.length,
            unit: '%' as const,
          },
        ]
      : []),
    ...kept('policy', 'Every rule was kept', open),
    ...by(['vehicle', 'home-hvac', 'industrial-pump'] as const, ({ family }) => family, 'family'),
    ...by(languages, ({ language }) => language, 'language'),
    ...by(moods, ({ mood }) => mood, 'mood'),
    ...by(goals, ({ goal }) => goal, 'goal'),
  ];
}

/** Simulated persons and machines, scored by how the machine ends and whether the rules were kept. */
export const support: Bench = {
  name: 'support',
  title: 'Support: people with a machine that has something the matter, from the first word to the verdict',
  async run({ share, say }) {
    const tasks = await loadTasks();
    const chosen = share === 1 ? tasks : tasks.filter((_, n) => n % Math.ceil(tasks.length / some(tasks.length, share)) === 0);
    let done = 0;
    const scored = await playAll(chosen, trials, {
      onScored() {
        if (++done % 40 === 0) say(`${done} of ${chosen.length * trials} conversations`);
      },
    });
    return rowsOf(scored);
  },
};
