import { Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { HubError } from '../api/problem.ts';
import { ActDialog } from '../shell/act-dialog.tsx';
import { useWords } from '../words/use-words.tsx';
import type { NewPicture } from './insert-picture.ts';
import css from './knowledge.module.css';
import { shrinkPicture } from './shrink-picture.ts';
import { StepChoice } from './step-choice.tsx';
import type { ArticleText } from './text-of.ts';

type Props = {
  file: File;
  /** The article it is for. */
  text: ArticleText;
  onClose: () => void;
  onAdded: (picture: NewPicture) => void;
};

/** A picture before it is added: how it looks, what it says to whoever cannot see it, and whether it belongs to a step of a procedure. */
export function PictureDialog({ file, text, onClose, onAdded }: Props) {
  const { w } = useWords();
  const [alt, setAlt] = useState('');
  const [step, setStep] = useState('');
  const [url, setUrl] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  const add = useAct(async () => {
    const small = await shrinkPicture(file);
    if (!small) throw new HubError('invalid', 400, w.editor.noPicture);
    const { hash } = await hub.addPicture(small);
    onAdded({ hash, alt: alt.trim(), ...(step === '' ? {} : { step }) });
  });
  return (
    <ActDialog title={w.editor.newPicture} act={add} button={w.editor.addPicture} ready={alt.trim() !== ''} onClose={onClose}>
      {url && <img className={css.picture} src={url} alt={alt || file.name} />}
      <TextInput
        label={w.editor.alt}
        description={w.editor.altHint}
        required
        maxLength={300}
        data-autofocus
        value={alt}
        onChange={(event) => setAlt(event.currentTarget.value)}
      />
      <StepChoice text={text} step={step} onChange={setStep} />
      <Text size="xs" c="dimmed">
        {w.editor.pictureHint}
      </Text>
    </ActDialog>
  );
}
