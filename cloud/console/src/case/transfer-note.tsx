import { Button, Group } from '@mantine/core';
import { useEffect } from 'react';
import { type Act, useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { CaseView } from '../api/types.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import css from './briefing.module.css';
import { useTransferWords } from './use-transfer-words.ts';

type Props = { view: CaseView; me: string; claim: Act<[]>; onChanged: (view: CaseView) => void };

/** The note a case waits with that was given to a skill: whoever takes it has read it; who wrote it can take the case back. */
export function TransferNote({ view, me, claim, onChanged }: Props) {
  const { w } = useWords();
  const say = useTransferWords(me);
  const takeBack = useAct(async () => onChanged(await hub.takeBack(view.id)));
  const note = view.transfers.at(-1);
  const unread = note?.outcome === null && !note.read;
  // What stands on this screen is before their eyes.
  useEffect(() => {
    if (unread) hub.seeNote(view.id).then(onChanged, () => {});
  }, [unread, view.id, onChanged]);
  if (note?.outcome !== null) return null;
  const mine = note.from.id === me;
  const title = say.given(note);
  return (
    <section className={css.card} aria-label={title}>
      <div>
        <h2>{title}</h2>
        <p>{note.text}</p>
        <Trouble error={takeBack.error} />
      </div>
      <Group gap="xs" wrap="nowrap">
        {mine ? (
          <Button size="sm" variant="default" loading={takeBack.busy} onClick={() => void takeBack.run()}>
            {w.handOn.takeBack}
          </Button>
        ) : (
          <Button size="sm" loading={claim.busy} disabled={unread} onClick={() => void claim.run()}>
            {w.handOn.take}
          </Button>
        )}
      </Group>
    </section>
  );
}
