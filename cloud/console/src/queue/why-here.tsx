import { Tooltip, VisuallyHidden } from '@mantine/core';
import type { CaseRow } from '../api/types.ts';
import type { Words } from '../words/en.ts';
import { useWords } from '../words/use-words.tsx';
import css from './queue.module.css';

/** The factors that are not 1, in words: what lifts or lowers the case. */
export const reasonsOf = ({ why }: Pick<CaseRow, 'why'>, w: Words): { name: string; factor: string }[] =>
  (Object.keys(why) as (keyof typeof why)[])
    .filter((key) => why[key] !== 1)
    .map((key) => ({ name: w.queue.factors[key], factor: `×${Number(why[key].toPrecision(2))}` }));

/** A case's priority as a number, with what it is made of. */
export function WhyHere({ row }: { row: CaseRow }) {
  const { w } = useWords();
  if (row.state === 'resolved' || row.snoozed) return <span className={css.priority} />;
  const reasons = reasonsOf(row, w)
    .map(({ name, factor }) => `${name} ${factor}`)
    .join(w.shell.comma);
  return (
    <Tooltip label={reasons || w.queue.noFactors}>
      <span className={css.priority}>
        <VisuallyHidden component="span">{w.queue.priority} </VisuallyHidden>
        {Number(row.priority.toPrecision(2))}
        <VisuallyHidden component="span"> ({reasons})</VisuallyHidden>
      </span>
    </Tooltip>
  );
}
