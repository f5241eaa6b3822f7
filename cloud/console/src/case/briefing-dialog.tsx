import { Radio, Select, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { Briefing, Colleague } from '../api/types.ts';
import { ActDialog, type ActDialogProps } from '../shell/act-dialog.tsx';
import { useWords } from '../words/use-words.tsx';

/** Whom to ask in, for what, and what they must know before they come. */
export function BriefingDialog({ view, me, onClose, onDone }: ActDialogProps & { me: string }) {
  const { w, pick } = useWords();
  const { data } = useLoaded('colleagues', hub.colleagues, (event) => event.event === 'queue' || event.event === 'case');
  const [to, setTo] = useState<string | null>(null);
  const [wants, setWants] = useState<Briefing['wants']>('help');
  const next = view.handoff.brief?.next;
  const [text, setText] = useState(() => [pick(view.title), pick(view.summary), next && pick(next)].filter(Boolean).join('\n'));
  const brief = useAct(async () => onDone(await hub.brief(view.id, { to: to ?? '', wants, text })));
  const others = (data?.colleagues ?? []).filter((each) => each.id !== me);
  return (
    <ActDialog
      title={w.acts.brief}
      hint={w.briefing.hint}
      act={brief}
      button={w.briefing.button}
      ready={to !== null && text.trim() !== ''}
      onClose={onClose}
    >
      <Select
        label={w.briefing.whom}
        data-autofocus
        searchable
        value={to}
        onChange={setTo}
        data={others.map((each) => ({
          value: each.id,
          label: `${each.name} · ${w.briefing.standing(standingOf(each), each.load, each.duty.most)}`,
        }))}
      />
      <Radio.Group label={w.briefing.wants} value={wants} onChange={(value) => setWants(value as Briefing['wants'])}>
        <Stack gap={6} mt={6}>
          <Radio size="sm" value="help" label={w.briefing.help} />
          <Radio size="sm" value="take-over" label={w.briefing.takeOver} />
        </Stack>
      </Radio.Group>
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

const standingOf = ({ onShift, here }: Colleague): 'here' | 'on-shift' | 'off' => (here && onShift ? 'here' : onShift ? 'on-shift' : 'off');
