import { useDeferredValue } from 'react';
import { useWords } from '../words/use-words.tsx';
import css from './knowledge.module.css';
import { MarkdownView } from './markdown-view.tsx';

/** The Markdown and, beside it, how it reads. */
export function Sides({ body, onEdit }: { body: string; onEdit: (body: string) => void }) {
  const { w } = useWords();
  // A long article must not make typing slow: the preview may come a frame later.
  const shown = useDeferredValue(body);
  return (
    <div className={css.sides}>
      <label className={css.side}>
        <span className={css.sideTitle}>{w.editor.body}</span>
        <textarea className={css.write} value={body} maxLength={50_000} onChange={(event) => onEdit(event.currentTarget.value)} />
      </label>
      <section className={css.side} aria-label={w.editor.preview}>
        <span className={css.sideTitle}>{w.editor.preview}</span>
        <div className={css.read}>{shown.trim() === '' ? w.editor.empty : <MarkdownView text={shown} />}</div>
      </section>
    </div>
  );
}
