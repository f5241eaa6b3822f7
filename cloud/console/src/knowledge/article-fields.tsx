import { TagsInput, TextInput } from '@mantine/core';
import { FamilySelect } from '../shell/family-select.tsx';
import { useWords } from '../words/use-words.tsx';
import { AppliesFields } from './applies-fields.tsx';
import css from './knowledge.module.css';
import type { ArticleText } from './text-of.ts';

/** Everything about an article but its text. */
export function ArticleFields({ text, onEdit }: { text: ArticleText; onEdit: (part: Partial<ArticleText>) => void }) {
  const { w } = useWords();
  return (
    <>
      <div className={css.meta}>
        <TextInput
          label={w.editor.title}
          maxLength={200}
          value={text.title}
          onChange={(event) => onEdit({ title: event.currentTarget.value })}
        />
        <FamilySelect marked={false} label={w.editor.family} value={text.family} onChange={(family) => onEdit({ family })} />
        <TagsInput label={w.editor.faults} value={text.faults} maxTags={50} onChange={(faults) => onEdit({ faults })} />
        <TagsInput label={w.editor.tags} value={text.tags} maxTags={50} onChange={(tags) => onEdit({ tags })} />
        <TagsInput label={w.editor.sources} value={text.sources} maxTags={50} onChange={(sources) => onEdit({ sources })} />
      </div>
      <AppliesFields applies={text.applies} onChange={(applies) => onEdit({ applies })} />
    </>
  );
}
