import type { Scored } from './score.ts';

/** A conversation as one would read it over somebody's shoulder, and what was wrong with it. */
export function show({ played, end, broken, passed }: Scored): string {
  const { task, seed, lines, carried, mended, found, left } = played;
  const names = (faults: typeof found) => faults.map(({ fault, probability }) => `${fault} ${probability.toFixed(2)}`).join(', ') || 'none';
  const about = [task.language, task.mood, task.manner, task.goal, task.wish, task.hands].filter(Boolean).join(' · ');
  return [
    `── ${task.id}, seed ${seed}: ${passed ? 'passed' : 'FAILED'} (${about}; ${task.scenario}; must be ${task.ends.as})`,
    ...(end ? [`   end: ${end}`] : []),
    ...broken.map(({ rule, why }) => `   rule "${rule}": ${why}`),
    `   faults at first: ${names(found)}; at last: ${names(left)}; ${mended ? 'mended' : 'not mended'}; carried out: ${carried.map(({ name }) => name).join(', ') || 'nothing'}`,
    ...lines.map(({ by, text, means, heard }) => {
      const cards = heard ? cardsOf(heard) : '';
      return by === 'person' ? `   > ${text}   [${means}]` : `   ${heard?.unasked ? '*' : ' '} ${text}${cards}`;
    }),
  ].join('\n');
}

function cardsOf({ answer, handoff, lost }: NonNullable<Scored['played']['lines'][number]['heard']>): string {
  const { question, step, command, repair, offerPerson } = answer ?? {};
  const cards = [
    lost ? 'not understood' : '',
    question ? `asks ${question.observation}` : '',
    step ? `step ${step.step}` : '',
    command ? `${command.action} ${command.state}` : '',
    repair ? `repair ${repair.state}` : '',
    offerPerson ? 'offers a person' : '',
    handoff ? `handed over: ${handoff.rule}` : '',
  ].filter(Boolean);
  return cards.length > 0 ? `   [${cards.join('; ')}]` : '';
}
