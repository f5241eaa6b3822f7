import { Checkbox, Group, MultiSelect, NumberInput, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import type { Duty, Locale, Skill } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import { ShiftFields } from './shift-fields.tsx';
import { hoursOf, stretchesOf } from './shift-text.ts';

type Props = { duty: Duty; skills: Skill[] /** Of somebody else. */; theirs?: boolean; onChange: (part: Partial<Duty>) => void };

/** What somebody knows and speaks, when they work and how much they take on. */
export function DutyFields({ duty, skills, theirs = false, onChange }: Props) {
  const { w, pick } = useWords();
  const say = theirs ? w.duty.theirs : w.duty;
  const [stretches, setStretches] = useState(() => stretchesOf(duty.hours));
  return (
    <Stack gap="md">
      <Switch size="sm" label={say.away} checked={duty.away} onChange={(event) => onChange({ away: event.currentTarget.checked })} />
      <MultiSelect
        label={say.skills}
        description={say.skillsHint}
        searchable
        value={duty.skills}
        onChange={(chosen) => onChange({ skills: chosen })}
        data={skills.map(({ id, title }) => ({ value: id, label: pick(title) }))}
      />
      <Checkbox.Group label={say.languages} value={duty.languages} onChange={(languages) => onChange({ languages: languages as Locale[] })}>
        <Group gap="md" mt={6}>
          <Checkbox size="sm" value="en" label="English" />
          <Checkbox size="sm" value="zh" label="中文" />
        </Group>
      </Checkbox.Group>
      <ShiftFields
        say={say}
        stretches={stretches}
        onChange={(next) => {
          setStretches(next);
          onChange({ hours: hoursOf(next) });
        }}
      />
      <NumberInput
        label={w.duty.most}
        description={say.mostHint}
        min={1}
        max={50}
        w={200}
        value={duty.most}
        onChange={(most) => onChange({ most: Number(most) || 1 })}
      />
    </Stack>
  );
}
