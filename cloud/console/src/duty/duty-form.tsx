import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { Duty, Skill } from '../api/types.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import { DutyFields } from './duty-fields.tsx';

/** What I know, what I speak, when I work and how much I take on. */
export function DutyForm({ saved, skills, onSaved }: { saved: Duty; skills: Skill[]; onSaved: (duty: Duty) => void }) {
  const { w } = useWords();
  const [duty, setDuty] = useState(saved);
  const [done, setDone] = useState(false);
  const save = useAct(async () => {
    // A shift is on the clock of whoever works it.
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    onSaved(await hub.saveDuty({ ...duty, zone }));
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
        <DutyFields
          duty={duty}
          skills={skills}
          onChange={(part) => {
            setDone(false);
            setDuty((now) => ({ ...now, ...part }));
          }}
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
