import type { Pack, Scenario } from '@wayside/packs';
import type { Person } from '../../../edge/agent/src/diagnosis/rehearse.ts';
import type { Random } from './random.ts';

/**
 * How people answer. What patients say of their own signs agrees with what the clinician finds in 61 to 88 % of cases, better where the
 * sign is absent than where it is there (Barbara et al., 2012, on ten signs of respiratory illness); a plain question about a machine one
 * sits in is no harder. With these rates nine of ten answers that are given are right.
 */
export const people = {
  unsure: 0.15,
  misses: 0.15,
  imagines: 0.05,
  /** Come because they noticed something, and say what. */ complain: 0.5,
} as const;

/** What shows without any fault being the cause: a belt squeals, a person smells something. */
const byChance = 0.02;

type Told = readonly Pick<Scenario, 'expect'>[];

/**
 * A person beside a machine with these scenarios' faults. What the scenario says is so, is so; what it leaves open is drawn once, by how
 * often the pack says the fault shows it.
 */
export function personAt(pack: Pack, scenarios: Told, random: Random): Person {
  return {
    tells: random.chance(people.complain) ? complaintOf(pack, scenarios, random) : [],
    answers: (seen) => answer(pack, scenarios, seen, random),
  };
}

function answer(pack: Pack, scenarios: Told, observation: string, random: Random): ReturnType<Person['answers']> {
  const told = scenarios.flatMap(({ expect }) => expect.answers[observation] ?? []);
  const links = scenarios.map(({ expect }) => pack.faults[expect.fault ?? '']?.observations[observation] ?? 0);
  const quiet = links.reduce((all, link) => all * (1 - link), 1 - byChance);
  const drawn = random.chance(1 - quiet);
  const so = told.includes('yes') || (told.length < scenarios.length && drawn);
  if (random.chance(people.unsure) || (told.includes('unsure') && !so)) return 'unsure';
  if (so) return random.chance(people.misses) ? 'no' : 'yes';
  return random.chance(people.imagines) ? 'yes' : 'no';
}

/** The most telling thing that is so: what a fault shows most often is what people come with. */
function complaintOf(pack: Pack, scenarios: Told, random: Random): string[] {
  const { expect } = random.pick(scenarios);
  const links = Object.entries(pack.faults[expect.fault ?? '']?.observations ?? {}).filter(([seen]) => expect.answers[seen] !== 'no');
  let left = random.between(
    0,
    links.reduce((sum, [, link]) => sum + link, 0),
  );
  for (const [seen, link] of links) {
    left -= link;
    if (left < 0) return [seen];
  }
  return [];
}
