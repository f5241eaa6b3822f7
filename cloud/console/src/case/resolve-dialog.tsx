import { Button, Checkbox, Group, Modal, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub, type Resolved } from '../api/hub.ts';
import type { CaseView } from '../api/types.ts';
import { keep, kept, keptReply } from '../shell/kept.ts';
import { hashOf } from '../shell/route.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useMay } from '../sign-in/may.ts';
import { sayPercent } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';

type Props = { view: CaseView; opened: boolean; onClose: () => void; onResolved: (view: CaseView) => void };

/** What solved it, what the cause was, and whether the next one should find it as an article. */
export function ResolveDialog({ view, opened, onClose, onResolved }: Props) {
  const { w } = useWords();
  const [result, setResult] = useState<Resolved | undefined>();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={result ? w.resolve.done : w.resolve.title}
      size="lg"
      closeButtonProps={{ 'aria-label': w.shell.close }}
    >
      {result ? (
        <Done article={result.article} />
      ) : (
        <ResolveForm
          view={view}
          onClose={onClose}
          onResolved={(resolved) => {
            setResult(resolved);
            onResolved(resolved.case);
          }}
        />
      )}
    </Modal>
  );
}

const other = '';

function ResolveForm({ view, onClose, onResolved }: { view: CaseView; onClose: () => void; onResolved: (resolved: Resolved) => void }) {
  const { w, pick } = useWords();
  const key = `resolve.${view.id}`;
  const faults = view.handoff.faults.toSorted((a, b) => b.probability - a.probability);
  const [text, setText] = useState(() => kept(key));
  const [cause, setCause] = useState(faults[0]?.fault ?? other);
  const [draft, setDraft] = useState(true);
  // After this nobody can write to them here.
  const unsent = keptReply(view.id).trim() !== '';
  const resolve = useAct(async () => {
    const resolved = await hub.resolve(view.id, { text: text.trim(), draft, ...(cause === other ? {} : { cause }) });
    keep(key, '');
    onResolved(resolved);
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void resolve.run();
      }}
    >
      <Stack gap="md">
        <Textarea
          label={w.resolve.text}
          description={w.resolve.hint}
          autosize
          minRows={4}
          maxRows={12}
          maxLength={8000}
          data-autofocus
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            keep(key, event.currentTarget.value);
          }}
        />
        {faults.length > 0 && (
          <Radio.Group label={w.resolve.cause} value={cause} onChange={setCause}>
            <Stack gap={6} mt={6}>
              {faults.map((fault) => (
                <Radio key={fault.fault} size="sm" value={fault.fault} label={`${pick(fault.title)} · ${sayPercent(fault.probability)}`} />
              ))}
              <Radio size="sm" value={other} label={w.resolve.other} />
            </Stack>
          </Radio.Group>
        )}
        <Checkbox size="sm" label={w.resolve.draft} checked={draft} onChange={(event) => setDraft(event.currentTarget.checked)} />
        {unsent && <Text size="sm">{w.resolve.unsent}</Text>}
        <Trouble error={resolve.error} />
        <Group justify="flex-end" gap="xs">
          <Button size="sm" variant="default" onClick={onClose}>
            {w.shell.cancel}
          </Button>
          <Button size="sm" type="submit" loading={resolve.busy} disabled={text.trim() === ''}>
            {w.resolve.button}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Done({ article }: { article: Resolved['article'] }) {
  const { w } = useWords();
  const mayPublish = useMay('article:publish');
  return (
    <Stack gap="md">
      {article && <Text size="sm">{mayPublish ? w.resolve.drafted : w.resolve.draftedToSubmit}</Text>}
      <Group justify="flex-end" gap="xs">
        <Button size="sm" variant={article ? 'default' : 'filled'} component="a" href={hashOf({ page: 'queue' })}>
          {w.resolve.queue}
        </Button>
        {article && (
          <Button size="sm" component="a" href={hashOf({ page: 'article', ...article })} data-autofocus>
            {w.resolve.open}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
