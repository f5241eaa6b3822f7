import { SegmentedControl, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import { ActDialog, type ActDialogProps } from '../shell/act-dialog.tsx';
import { useWords } from '../words/use-words.tsx';
import { type Asked, ColleagueFields } from './colleague-fields.tsx';
import { SkillFields, type Wanted } from './skill-fields.tsx';

type Way = 'colleague' | 'skill';

/** To whom a case goes, one colleague or whoever knows something, and what they must know before they come. */
export function HandOnDialog({ view, me, onClose, onDone }: ActDialogProps & { me: string }) {
  const { w, pick } = useWords();
  const { data } = useLoaded('colleagues', hub.colleagues, (event) => event.event === 'queue' || event.event === 'case');
  const [way, setWay] = useState<Way>('colleague');
  const [asked, setAsked] = useState<Asked>({ to: null, wants: 'help' });
  const last = view.transfers.findLast(({ outcome }) => outcome === 'taken');
  const [wanted, setWanted] = useState<Wanted>({ skill: (last ?? view.handoff.route)?.skill?.id ?? null, language: view.locale });
  const next = view.handoff.brief?.next;
  const [text, setText] = useState(() => [pick(view.title), pick(view.summary), next && pick(next)].filter(Boolean).join('\n'));
  const handOn = useAct(async () =>
    onDone(
      await (way === 'colleague'
        ? hub.brief(view.id, { to: asked.to ?? '', wants: asked.wants, text })
        : hub.transfer(view.id, { ...wanted, text })),
    ),
  );
  const others = (data?.colleagues ?? []).filter((each) => each.id !== me);
  return (
    <ActDialog
      title={w.acts.brief}
      hint={w.handOn.hint[way]}
      act={handOn}
      button={w.handOn.button[way]}
      ready={(way === 'skill' || asked.to !== null) && text.trim() !== ''}
      onClose={onClose}
    >
      <SegmentedControl
        fullWidth
        aria-label={w.handOn.way}
        value={way}
        onChange={(value) => setWay(value as Way)}
        data={(['colleague', 'skill'] as const).map((value) => ({ value, label: w.handOn.ways[value] }))}
      />
      {way === 'colleague' ? (
        <ColleagueFields others={others} asked={asked} onChange={setAsked} />
      ) : (
        <SkillFields others={others} wanted={wanted} onChange={setWanted} />
      )}
      <Textarea
        label={w.briefing.text}
        autosize
        minRows={4}
        maxRows={10}
        maxLength={4000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </ActDialog>
  );
}
