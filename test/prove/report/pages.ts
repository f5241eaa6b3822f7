import { type Area, areas } from './areas.ts';
import { drills, scariest } from './drills.ts';
import { front } from './front.ts';

const written = '<!-- Written by “npm run prove:report” from the results in docs/results; do not edit. -->';

const pageOf = ({ title, proofs }: Area): string => `# ${title.en}

${written}

[All that is promised](../reliability.md)

${proofs.map((proof) => `## ${proof.title}\n\n\`${proof.command}\` · ${proof.promise.en}.\n\n${proof.detail}\n\nWhat this does not try: ${proof.untried.en}.\n`).join('\n')}`;

const drillsPage = `# Drills

${written}

[All that is promised](../reliability.md)

${scariest}
${drills}`;

/** What `npm run prove:report` writes, by path below docs; from what the proofs have kept, and nothing of its own. */
export function reliabilityPages(): Record<string, string> {
  const all = areas();
  return {
    'reliability.md': front(all, 'en'),
    'zh/reliability.md': front(all, 'zh'),
    ...Object.fromEntries(all.map((area) => [`reliability/${area.page}.md`, pageOf(area)])),
    'reliability/drills.md': drillsPage,
  };
}
