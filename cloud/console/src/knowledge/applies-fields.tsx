import { ActionIcon, Button, TagsInput, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useWords } from '../words/use-words.tsx';
import css from './knowledge.module.css';
import type { ArticleText } from './text-of.ts';

type Applies = ArticleText['applies'];

/** Of which machines the article holds: makers, models, firmware. None: of every machine of the family. */
export function AppliesFields({ applies, onChange }: { applies: Applies; onChange: (applies: Applies) => void }) {
  const { w } = useWords();
  const put = (at: number, key: 'maker' | 'model', value: string) =>
    onChange(applies.map(({ [key]: _, ...rest }, i) => (i === at ? { ...rest, ...(value === '' ? {} : { [key]: value }) } : applies[i]!)));
  const firmware = (at: number, versions: string[]) =>
    onChange(
      applies.map(({ firmware: _, ...rest }, i) =>
        i === at ? { ...rest, ...(versions.length === 0 ? {} : { firmware: versions }) } : applies[i]!,
      ),
    );
  return (
    <fieldset className={css.applies} style={{ border: 0, margin: 0 }} aria-label={w.editor.applies}>
      {applies.length === 0 && <span>{w.editor.appliesToAll}</span>}
      {applies.map((each, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
        <div key={at}>
          <TextInput
            aria-label={w.issues.maker}
            placeholder={w.issues.maker}
            value={each.maker ?? ''}
            maxLength={120}
            onChange={(event) => put(at, 'maker', event.currentTarget.value)}
          />
          <TextInput
            aria-label={w.issues.model}
            placeholder={w.issues.model}
            value={each.model ?? ''}
            maxLength={120}
            onChange={(event) => put(at, 'model', event.currentTarget.value)}
          />
          <TagsInput
            aria-label={w.issues.firmware}
            placeholder={each.firmware?.length ? '' : w.issues.firmware}
            value={each.firmware ?? []}
            maxTags={50}
            onChange={(versions) => firmware(at, versions)}
          />
          <ActionIcon aria-label={w.editor.removeMachine} onClick={() => onChange(applies.filter((_, i) => i !== at))}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        disabled={applies.length >= 50}
        onClick={() => onChange([...applies, {}])}
      >
        {applies.length === 0 ? w.editor.addMachine : w.editor.anotherMachine}
      </Button>
    </fieldset>
  );
}
