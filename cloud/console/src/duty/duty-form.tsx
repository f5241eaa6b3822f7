import { Button, Checkbox, Group, MultiSelect, NumberInput, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { Duty, Locale, Skill } from '../api/types.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import { ShiftFields } from './shift-fields.tsx';
import { hoursOf, stretchesOf } from './shift-text.ts';

/** What I know, what I speak, when I work and how much I take on. */
export function DutyForm({ saved, skills, onSaved }: { saved: Duty; skills: Skill[]; onSaved: (duty: Duty) => void }) {
  const { w, pick } = useWords();
  const [duty, setDuty] = useState(saved);
  const [stretches, setStretches] = useState(() => stretchesOf(saved.hours));
  const [done, setDone] = useState(false);
  const set = (part: Partial<Duty>) => {
    setDone(false);
    setDuty((now) => ({ ...now, ...part }));
  };
  const save = useAct(async () => {
    // A shift is on the clock of whoever works it.
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    onSaved(await hub.saveDuty({ ...duty, hours: hoursOf(stretches), zone }));
    setDone(true);
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <Stack gap="md">
        <Switch size="sm" label={w.duty.away} checked={duty.away} onChange={(event) => set({ away: event.currentTarget.checked })} />
        <MultiSelect
          label={w.duty.skills}
          description={w.duty.skillsHint}
          searchable
          value={duty.skills}
          onChange={(chosen) => set({ skills: chosen })}
          data={skills.map(({ id, title }) => ({ value: id, label: pick(title) }))}
        />
        <Checkbox.Group label={w.duty.languages} value={duty.languages} onChange={(languages) => set({ languages: languages as Locale[] })}>
          <Group gap="md" mt={6}>
            <Checkbox size="sm" value="en" label="English" />
            <Checkbox size="sm" value="zh" label="中文" />
          </Group>
        </Checkbox.Group>
        <ShiftFields
          stretches={stretches}
          onChange={(next) => {
            setDone(false);
            setStretches(next);
          }}
        />
        <NumberInput
          label={w.duty.most}
          description={w.duty.mostHint}
          min={1}
          max={50}
          w={200}
          value={duty.most}
          onChange={(most) => set({ most: Number(most) || 1 })}
        />
        <Trouble error={save.error} />
        <Group gap="sm">
          <Button size="sm" type="submit" loading={save.busy} disabled={duty.languages.length === 0}>
            {w.editor.save}
          </Button>
          <span role="status">{done && w.editor.saved}</span>
        </Group>
      </Stack>
    </form>
  );
}
