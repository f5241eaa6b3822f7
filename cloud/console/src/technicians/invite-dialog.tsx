import { Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { Locale, TechnicianRow } from '../api/types.ts';
import { ActDialog } from '../shell/act-dialog.tsx';
import { useWords } from '../words/use-words.tsx';
import { LinkMade, type Made } from './link-made.tsx';
import { useRoles } from './use-roles.ts';

/** Somebody new: their name, what they may, and a link with which they come in. */
export function InviteDialog({ onClose, onInvited }: { onClose: () => void; onInvited: () => void }) {
  const { w, locale } = useWords();
  const roles = useRoles();
  const [name, setName] = useState('');
  const [role, setRole] = useState<TechnicianRow['role']>('technician');
  const [languages, setLanguages] = useState<string[]>([locale]);
  const [made, setMade] = useState<Made>();
  const invite = useAct(async () => {
    setMade(await hub.invite({ name: name.trim(), role, languages: languages as Locale[] }));
    onInvited();
  });
  const ready = made === undefined && name.trim() !== '' && languages.length > 0;
  return (
    <ActDialog
      title={w.technicians.invite}
      hint={w.technicians.inviteHint}
      act={invite}
      button={w.technicians.inviteButton}
      ready={ready}
      onClose={onClose}
    >
      <TextInput data-autofocus label={w.technicians.name} required value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <NativeSelect
        label={w.technicians.role}
        value={role}
        data={roles}
        onChange={(event) => setRole(event.currentTarget.value as TechnicianRow['role'])}
      />
      <Checkbox.Group label={w.technicians.languages} value={languages} onChange={setLanguages}>
        <Group gap="md" mt={6}>
          <Checkbox size="sm" value="en" label="English" />
          <Checkbox size="sm" value="zh" label="中文" />
        </Group>
      </Checkbox.Group>
      {made && <LinkMade made={made} />}
    </ActDialog>
  );
}
