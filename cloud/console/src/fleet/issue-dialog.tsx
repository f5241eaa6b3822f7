import { Select, SimpleGrid, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { FaultCluster, NewIssue } from '../api/types.ts';
import { ActDialog } from '../shell/act-dialog.tsx';
import { FamilySelect } from '../shell/family-select.tsx';
import { useWords } from '../words/use-words.tsx';
import { ArticleSelect } from './article-select.tsx';

/** `families`: of the machines of the fleet, which packs of the hub may not know. */
type Props = { onClose: () => void; onTold: () => void; about?: FaultCluster; families?: readonly string[] };

const empty = {
  issue: '',
  family: '',
  maker: '',
  model: '',
  firmware: [] as string[],
  titleEn: '',
  titleZh: '',
  textEn: '',
  textZh: '',
  severity: 'advice' as NewIssue['severity'],
  /** Whoever warns of something says what is safe: nothing is said for them. */
  safety: '' as NewIssue['safety'] | '',
  article: '',
};
type Draft = typeof empty;
type Chosen = Draft & Pick<NewIssue, 'safety'>;

/** What is left empty is not sent: it holds for any. */
const issueOf = ({ titleEn, titleZh, textEn, textZh, maker, model, firmware, article, ...rest }: Chosen): NewIssue => ({
  ...rest,
  title: { en: titleEn, zh: titleZh },
  text: { en: textEn, zh: textZh },
  ...(maker ? { maker } : {}),
  ...(model ? { model } : {}),
  ...(firmware.length > 0 ? { firmware } : {}),
  ...(article ? { article } : {}),
});

/** What is known of an issue that began as a fault of one model. */
const draftAbout = ({ fault, family, maker, model, firmware, title, severity, safety }: FaultCluster): Draft => ({
  ...empty,
  issue: [fault, model, firmware]
    .filter(Boolean)
    .join('-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, '-')
    .slice(0, 64),
  family,
  maker: maker ?? '',
  model: model ?? '',
  firmware: firmware === null ? [] : [firmware],
  titleEn: title.en,
  titleZh: title.zh,
  severity,
  safety,
});

/** Writes of a known issue, in both languages, and tells every edge. */
export function IssueDialog({ onClose, onTold, about, families }: Props) {
  const { w } = useWords();
  const [draft, setDraft] = useState(() => (about ? draftAbout(about) : empty));
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const publish = useAct(async () => {
    const { safety } = draft;
    if (safety === '') return;
    await hub.publishIssue(issueOf({ ...draft, safety }));
    onTold();
  });
  const text = (key: 'issue' | 'maker' | 'model' | 'titleEn' | 'titleZh' | 'textEn' | 'textZh') => ({
    value: draft[key],
    onChange: (event: { currentTarget: { value: string } }) => set({ [key]: event.currentTarget.value }),
  });
  const needed = [draft.issue, draft.family, draft.titleEn, draft.titleZh, draft.textEn, draft.textZh, draft.safety];
  return (
    <ActDialog
      title={w.issues.new}
      hint={`${w.issues.about} ${w.issues.idHint}`}
      act={publish}
      button={w.issues.publish}
      ready={needed.every((one) => one.trim() !== '')}
      size="lg"
      onClose={onClose}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" style={{ alignItems: 'end' }}>
        <TextInput label={w.issues.id} required data-autofocus {...text('issue')} />
        <FamilySelect
          label={w.issues.family}
          value={draft.family}
          others={families}
          onChange={(family) => set({ family, ...(family === draft.family ? {} : { article: '' }) })}
        />
        <TextInput label={w.issues.maker} description={w.issues.any} {...text('maker')} />
        <TextInput label={w.issues.model} description={w.issues.any} {...text('model')} />
      </SimpleGrid>
      <TagsInput label={w.issues.firmware} description={w.issues.any} value={draft.firmware} onChange={(firmware) => set({ firmware })} />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput label={w.issues.titleEn} required {...text('titleEn')} />
        <TextInput label={w.issues.titleZh} required {...text('titleZh')} />
        <Textarea label={w.issues.textEn} required autosize minRows={2} {...text('textEn')} />
        <Textarea label={w.issues.textZh} required autosize minRows={2} {...text('textZh')} />
        <Select
          label={w.issues.severity}
          allowDeselect={false}
          data={(['info', 'advice', 'warning', 'danger'] as const).map((value) => ({ value, label: w.severity[value] }))}
          value={draft.severity}
          onChange={(severity) => severity && set({ severity: severity as Draft['severity'] })}
        />
        <Select
          label={w.issues.safety}
          allowDeselect={false}
          data={(['go-on', 'gently', 'stop'] as const).map((value) => ({ value, label: w.safety[value] }))}
          required
          value={draft.safety || null}
          onChange={(safety) => safety && set({ safety: safety as Draft['safety'] })}
        />
      </SimpleGrid>
      <ArticleSelect key={draft.family} family={draft.family} value={draft.article} onChange={(article) => set({ article })} />
    </ActDialog>
  );
}
