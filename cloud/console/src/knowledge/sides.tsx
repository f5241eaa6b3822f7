import { Button, FileButton } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useDeferredValue, useRef, useState } from 'react';
import { useMay } from '../sign-in/may.ts';
import { useWords } from '../words/use-words.tsx';
import { insertPicture } from './insert-picture.ts';
import css from './knowledge.module.css';
import { MarkdownView } from './markdown-view.tsx';
import { PictureDialog } from './picture-dialog.tsx';
import type { ArticleText } from './text-of.ts';

/** The Markdown and, beside it, how it reads. Pictures come by a button, from the clipboard, or dropped. */
export function Sides({ text, onEdit }: { text: ArticleText; onEdit: (body: string) => void }) {
  const { body } = text;
  const { w } = useWords();
  const mayWrite = useMay('article:write');
  const field = useRef<HTMLTextAreaElement>(null);
  const [file, setFile] = useState<File | undefined>();
  // A long article must not make typing slow: the preview may come a frame later.
  const shown = useDeferredValue(body);
  const take = (files: FileList): boolean => {
    const [first] = files;
    if (!first || !mayWrite) return false;
    setFile(first);
    return true;
  };
  return (
    <div className={css.sides}>
      <div className={css.side}>
        <div className={css.sideTitle}>
          <label htmlFor="article-body">{w.editor.body}</label>
          {mayWrite && (
            <FileButton accept="image/*" onChange={(chosen) => setFile(chosen ?? undefined)}>
              {(button) => (
                <Button {...button} size="compact-xs" variant="default" leftSection={<IconPhoto size={14} aria-hidden />}>
                  {w.editor.picture}
                </Button>
              )}
            </FileButton>
          )}
        </div>
        <textarea
          ref={field}
          id="article-body"
          className={css.write}
          value={body}
          maxLength={50_000}
          onChange={(event) => onEdit(event.currentTarget.value)}
          onPaste={(event) => take(event.clipboardData.files) && event.preventDefault()}
          onDragOver={(event) => event.dataTransfer.types.includes('Files') && event.preventDefault()}
          onDrop={(event) => take(event.dataTransfer.files) && event.preventDefault()}
        />
      </div>
      <section className={css.side} aria-label={w.editor.preview}>
        <span className={css.sideTitle}>{w.editor.preview}</span>
        <div className={css.read}>{shown.trim() === '' ? w.editor.empty : <MarkdownView text={shown} />}</div>
      </section>
      {file && (
        <PictureDialog
          file={file}
          text={text}
          onClose={() => setFile(undefined)}
          onAdded={(picture) => {
            onEdit(insertPicture(body, field.current?.selectionEnd ?? body.length, picture));
            setFile(undefined);
          }}
        />
      )}
    </div>
  );
}
