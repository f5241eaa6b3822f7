import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { ActDialog } from '../shell/act-dialog.tsx';
import { LinkField } from '../shell/link-field.tsx';
import { sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';

/** Where this hub is, as an edge is told: also behind a proxy's path. */
const hubUrl = (): string => new URL('.', location.href).href.replace(/\/$/, '');

/** Lets one edge in: makes a code, and shows the command that is run once at the machine. */
export function LetInDialog({ onClose }: { onClose: () => void }) {
  const { w, locale } = useWords();
  const [edge, setEdge] = useState('');
  const [made, setMade] = useState<{ code: string; expiresAt: number }>();
  const make = useAct(async () => setMade(await hub.enrolmentCode(edge.trim())));
  return (
    <ActDialog
      title={w.fleet.letIn}
      hint={w.fleet.letInHint}
      act={make}
      button={w.fleet.letInButton}
      ready
      done={made !== undefined}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={w.fleet.letInEdge}
        description={w.fleet.letInEdgeHint}
        maxLength={64}
        disabled={made !== undefined}
        value={edge}
        onChange={(event) => setEdge(event.currentTarget.value)}
      />
      {made && (
        <div role="status">
          <LinkField
            label={w.fleet.letInCommand}
            url={`wayside edge --hub-url ${hubUrl()} --enrol ${made.code}`}
            until={w.phone.until(sayWhen(made.expiresAt, Date.now(), locale))}
          />
        </div>
      )}
    </ActDialog>
  );
}
