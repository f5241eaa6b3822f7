import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { Skill, TechnicianRow } from '../api/types.ts';
import { DutyFields } from '../duty/duty-fields.tsx';
import { ActDialog } from '../shell/act-dialog.tsx';
import { useWords } from '../words/use-words.tsx';
import { useRoles } from './use-roles.ts';

type Props = { one: TechnicianRow; self: boolean; skills: Skill[]; onClose: () => void; onSaved: () => void };

/** What somebody may and takes on. Their shifts are on their own clock. */
export function EditDialog({ one, self, skills, onClose, onSaved }: Props) {
  const { w } = useWords();
  const roles = useRoles();
  const [role, setRole] = useState(one.role);
  const [duty, setDuty] = useState(one.duty);
  const save = useAct(async () => {
    await hub.changeTechnician(one.id, { role, duty });
    onSaved();
    onClose();
  });
  return (
    <ActDialog
      title={w.technicians.editTitle(one.name)}
      hint={w.technicians.editHint(duty.zone)}
      act={save}
      button={w.editor.save}
      ready={duty.languages.length > 0}
      onClose={onClose}
    >
      <NativeSelect
        label={w.technicians.role}
        description={self ? w.technicians.ownRole : undefined}
        disabled={self}
        value={role}
        data={roles}
        onChange={(event) => setRole(event.currentTarget.value as TechnicianRow['role'])}
      />
      <DutyFields theirs duty={duty} skills={skills} onChange={(part) => setDuty((now) => ({ ...now, ...part }))} />
    </ActDialog>
  );
}
