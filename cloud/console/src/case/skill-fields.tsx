import { Select, Text } from '@mantine/core';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { Colleague, Locale } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';

export type Wanted = { skill: string | null; language: Locale };

/** What who takes it must know and speak, and how many there are who do. */
export function SkillFields({ others, wanted, onChange }: { others: Colleague[]; wanted: Wanted; onChange: (wanted: Wanted) => void }) {
  const { w, pick } = useWords();
  const { data } = useLoaded('skills', hub.skills);
  const able = others.filter(({ duty }) => knows(duty.skills, wanted.skill) && duty.languages.includes(wanted.language));
  return (
    <>
      <Select
        label={w.handOn.skill}
        placeholder={w.handOn.anySkill}
        data-autofocus
        searchable
        clearable
        value={wanted.skill}
        onChange={(skill) => onChange({ ...wanted, skill })}
        data={(data?.skills ?? []).map(({ id, title }) => ({ value: id, label: pick(title) }))}
      />
      <Select
        label={w.handOn.language}
        allowDeselect={false}
        value={wanted.language}
        onChange={(language) => onChange({ ...wanted, language: language as Locale })}
        data={(['en', 'zh'] as const).map((value) => ({ value, label: w.language[value] }))}
      />
      <Text size="sm" role="status">
        {w.handOn.able(able.length, able.filter(({ here, onShift }) => here && onShift).length)}
      </Text>
    </>
  );
}

/** Who names no skill does a bit of everything. */
const knows = (skills: string[], wanted: string | null) => wanted === null || skills.length === 0 || skills.includes(wanted);
