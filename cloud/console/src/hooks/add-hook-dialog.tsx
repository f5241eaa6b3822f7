import { Checkbox, Code, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { HookRow } from '../api/types.ts';
import { ActDialog } from '../shell/act-dialog.tsx';
import { useWords } from '../words/use-words.tsx';

const ofCases = ['opened', 'urgent', 'handed-on', 'claimed', 'message', 'reply', 'resolved', 'rated'] as const;
const all = [...ofCases, 'rollout-stopped'] as const;

/** Whom to tell, of what. The secret of a webhook, or where an inbox sends its answers, is shown once. */
export function AddHookDialog({ onClose, onAdded }: { onClose: () => void; onAdded: () => void }) {
  const { w } = useWords();
  const [kind, setKind] = useState<HookRow['kind']>('webhook');
  const [to, setTo] = useState('');
  const [events, setEvents] = useState<string[]>(['opened', 'urgent', 'resolved', 'rollout-stopped']);
  const [theirSecret, setTheirSecret] = useState('');
  const [told, setTold] = useState<string>();
  const add = useAct(async () => {
    const signs = kind === 'chatwoot' && theirSecret.trim() !== '' ? { theirSecret: theirSecret.trim() } : {};
    const made = await hub.addHook({ kind, to, events: events as HookRow['events'], ...signs });
    onAdded();
    if (made.answersTo !== undefined) setTold(new URL(made.answersTo, location.origin).href);
    else if (kind === 'webhook') setTold(made.secret);
    else onClose();
  });
  const choose = (wanted: HookRow['kind']) => {
    setKind(wanted);
    // An inbox is told what the person says; else there would be nothing to answer.
    if (wanted === 'chatwoot') setEvents(['opened', 'message', 'resolved']);
  };
  const ready = told === undefined && to.trim() !== '' && events.length > 0;
  return (
    <ActDialog title={w.hooks.add} hint={w.hooks.hint} act={add} button={w.hooks.addButton} ready={ready} onClose={onClose}>
      <Radio.Group label={w.hooks.kind} value={kind} onChange={(value) => choose(value as HookRow['kind'])}>
        <Stack gap={6} mt={6}>
          {(['webhook', 'email', 'chatwoot'] as const).map((value) => (
            <Radio key={value} size="sm" value={value} label={w.hooks.kinds[value]} />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput label={w.hooks.to} required value={to} onChange={(event) => setTo(event.currentTarget.value)} />
      {kind === 'chatwoot' && (
        <TextInput
          label={w.hooks.theirSecret}
          description={w.hooks.theirSecretHint}
          value={theirSecret}
          onChange={(event) => setTheirSecret(event.currentTarget.value)}
        />
      )}
      <Checkbox.Group label={w.hooks.of} value={events} onChange={setEvents}>
        <Stack gap={6} mt={6}>
          {/* An inbox holds conversations of cases, and nothing else. */}
          {(kind === 'chatwoot' ? ofCases : all).map((event) => (
            <Checkbox key={event} size="sm" value={event} label={w.hooks.events[event]} />
          ))}
        </Stack>
      </Checkbox.Group>
      {told && (
        <Text size="sm" role="status" style={{ overflowWrap: 'anywhere' }}>
          {kind === 'chatwoot' ? w.hooks.answersTo : w.hooks.secret} <Code>{told}</Code>
        </Text>
      )}
    </ActDialog>
  );
}
