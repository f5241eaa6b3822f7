import { type Generator, languageOf } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import type { Translation } from '../api/assist-types.ts';
import type { CaseView } from '../api/types.ts';

const deadlineMs = 60_000;

/**
 * Says a text of a case in the other language, for the technician or for the person: beside the original, never instead of it. What does not
 * hold against the original is not given, and why.
 */
export async function translateText(
  generator: Generator,
  view: CaseView,
  { text, to }: { text: string; to: Locale },
  signal: AbortSignal,
): Promise<Translation> {
  const from = languageOf(text);
  if (from === to) return { state: 'same' };
  if (!generator.translate) return { state: 'no-model' };
  const done = await generator.translate({ text, from, to, names: namesOf(view), deadlineMs, signal });
  if (done.kind === 'translation') return { state: 'done', text: done.text, by: generator.stats().model ?? generator.name };
  if (done.kind === 'lost') return { state: 'not-shown', losses: done.losses };
  return { state: done.reason === 'no-model' ? 'no-model' : done.reason === 'busy' ? 'busy' : 'failed' };
}

/** Names that no language changes: of the person, of who helps, of the machine. */
const namesOf = ({ handoff: { person, thing }, technician, turns }: CaseView): string[] => {
  const names = [
    person?.name,
    thing?.title,
    thing?.maker,
    thing?.model,
    thing?.firmware,
    technician?.name,
    ...turns.map(({ name }) => name),
  ];
  return [...new Set(names.filter((name) => name !== undefined && name.length > 1) as string[])];
};
