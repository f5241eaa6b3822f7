import { ActionIcon, Menu } from '@mantine/core';
import { IconAlarmSnooze, IconArrowMerge, IconDeviceMobile, IconDots, IconLink, IconTransferOut, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import type { CaseView } from '../api/types.ts';
import { Trouble } from '../shell/trouble.tsx';
import { useWords } from '../words/use-words.tsx';
import { HandOnDialog } from './hand-on-dialog.tsx';
import { IssueLinkDialog } from './issue-link-dialog.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { PhoneDialog } from './phone-dialog.tsx';
import { SnoozeDialog } from './snooze-dialog.tsx';

type Dialog = 'brief' | 'snooze' | 'merge' | 'issue' | 'phone';

/** What moves a case about, behind one button: a colleague or a skill, sleep, the same case again, a known issue, back to the queue. */
export function CaseActs({ view, me, onChanged }: { view: CaseView; me: string; onChanged: (view: CaseView) => void }) {
  const { w } = useWords();
  const [open, setOpen] = useState<Dialog | undefined>();
  const release = useAct(async () => onChanged(await hub.release(view.id)));
  const wake = useAct(async () => onChanged(await hub.wake(view.id)));
  if (view.state === 'resolved' || view.mergedInto !== null) return null;
  const mine = view.technician?.id === me;
  const free = view.technician === null;
  const dialog = {
    view,
    onClose: () => setOpen(undefined),
    onDone: (next: CaseView) => {
      setOpen(undefined);
      onChanged(next);
    },
  };
  return (
    <>
      <Menu position="bottom-end" width={230} shadow="sm">
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={w.acts.more}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={!mine} leftSection={<IconUsers size={16} aria-hidden />} onClick={() => setOpen('brief')}>
            {w.acts.brief}
          </Menu.Item>
          <Menu.Item disabled={!mine} leftSection={<IconTransferOut size={16} aria-hidden />} onClick={() => void release.run()}>
            {w.acts.release}
          </Menu.Item>
          <Menu.Divider />
          {view.snoozed ? (
            <Menu.Item leftSection={<IconAlarmSnooze size={16} aria-hidden />} onClick={() => void wake.run()}>
              {w.acts.wake}
            </Menu.Item>
          ) : (
            <Menu.Item disabled={!mine && !free} leftSection={<IconAlarmSnooze size={16} aria-hidden />} onClick={() => setOpen('snooze')}>
              {w.acts.snooze}
            </Menu.Item>
          )}
          <Menu.Item
            disabled={(!mine && !free) || view.beside.length === 0}
            leftSection={<IconArrowMerge size={16} aria-hidden />}
            onClick={() => setOpen('merge')}
          >
            {w.acts.merge}
          </Menu.Item>
          <Menu.Item leftSection={<IconLink size={16} aria-hidden />} onClick={() => setOpen('issue')}>
            {w.acts.issue}
          </Menu.Item>
          <Menu.Item disabled={!mine && !free} leftSection={<IconDeviceMobile size={16} aria-hidden />} onClick={() => setOpen('phone')}>
            {w.acts.phone}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Trouble error={release.error ?? wake.error} />
      {open === 'brief' && <HandOnDialog {...dialog} me={me} />}
      {open === 'snooze' && <SnoozeDialog {...dialog} />}
      {open === 'merge' && <MergeDialog {...dialog} />}
      {open === 'phone' && <PhoneDialog {...dialog} />}
      {open === 'issue' && <IssueLinkDialog {...dialog} />}
    </>
  );
}
