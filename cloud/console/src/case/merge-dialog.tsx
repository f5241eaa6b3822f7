import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { ActDialog, type ActDialogProps } from '../shell/act-dialog.tsx';
import { go } from '../shell/route.ts';
import { sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';

/** So much of what a case is about tells it from the others. */
const mostSaid = 160;

/** Which case of the same edge this one is over again. */
export function MergeDialog({ view, onClose, onDone }: ActDialogProps) {
  const { w, pick, locale } = useWords();
  const [into, setInto] = useState(view.beside[0]?.id ?? '');
  const merge = useAct(async () => {
    const merged = await hub.merge(view.id, into);
    onDone({ ...view, mergedInto: into });
    go({ page: 'case', id: merged.id });
  });
  return (
    <ActDialog title={w.acts.merge} hint={w.merge.hint} act={merge} button={w.merge.button} ready={into !== ''} onClose={onClose}>
      <Radio.Group label={w.merge.into} value={into} onChange={setInto}>
        <Stack gap={6} mt={6}>
          {view.beside.map((each) => (
            <Radio
              key={each.id}
              size="sm"
              value={each.id}
              label={[pick(each.title), sayWhen(each.at, Date.now(), locale), each.technician].filter(Boolean).join(' · ')}
              description={pick(each.summary).slice(0, mostSaid)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </ActDialog>
  );
}
