import { diffLines } from 'diff';
import { useWords } from '../words/use-words.tsx';
import css from './knowledge.module.css';

/** What of a text was taken out and what came in, line by line; what stayed in between, shortened. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  const { w } = useWords();
  const parts = diffLines(`${before.trimEnd()}\n`, `${after.trimEnd()}\n`);
  if (parts.every(({ added, removed }) => !added && !removed)) return <p className={css.sameText}>{w.editor.same}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
    <section className={css.text} tabIndex={0} aria-label={w.editor.changes}>
      {parts.map(({ value, added, removed }, i) => {
        const text = value.replace(/\n$/, '');
        // biome-ignore-start lint/suspicious/noArrayIndexKey: a part is its place
        if (added) return <ins key={i}>{text}</ins>;
        if (removed) return <del key={i}>{text}</del>;
        return <div key={i}>{shortened(text)}</div>;
        // biome-ignore-end lint/suspicious/noArrayIndexKey: as above
      })}
    </section>
  );
}

/** Enough of what stayed to see where one is. */
function shortened(text: string): string {
  const lines = text.split('\n');
  return lines.length <= 6 ? text : [...lines.slice(0, 3), '⋯', ...lines.slice(-2)].join('\n');
}
