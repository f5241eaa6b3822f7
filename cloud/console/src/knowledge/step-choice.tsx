import { Select } from '@mantine/core';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import { useWords } from '../words/use-words.tsx';
import { stepsShown } from './insert-picture.ts';
import type { ArticleText } from './text-of.ts';

type Props = { text: ArticleText; step: string; onChange: (step: string) => void };

/**
 * The step of a procedure that a picture is shown at too, if at any: of those that mend the article's faults, or of all its family has. A step that has a
 * picture in this article cannot be chosen again. Nothing is asked where there are no procedures.
 */
export function StepChoice({ text, step, onChange }: Props) {
  const { w, pick } = useWords();
  const { data } = useLoaded(`procedures/${text.family}`, () => (text.family === '' ? Promise.resolve([]) : hub.procedures(text.family)));
  const mending = data?.filter(({ faults }) => faults.some((fault) => text.faults.includes(fault))) ?? [];
  const offered = mending.length > 0 ? mending : (data ?? []);
  if (offered.length === 0) return null;
  const taken = stepsShown(text.body);
  return (
    <Select
      label={w.editor.step}
      description={w.editor.stepHint}
      placeholder={w.editor.noStep}
      clearable
      searchable
      nothingFoundMessage={w.editor.noSuchStep}
      comboboxProps={{ withinPortal: false }}
      value={step === '' ? null : step}
      onChange={(chosen) => onChange(chosen ?? '')}
      data={offered.map(({ id, title, steps }) => ({
        group: pick(title),
        items: steps.map((each, i) => ({
          value: `${id}/${each.id}`,
          label: `${i + 1}. ${pick(each.text)}`,
          disabled: taken.has(`${id}/${each.id}`),
        })),
      }))}
    />
  );
}
