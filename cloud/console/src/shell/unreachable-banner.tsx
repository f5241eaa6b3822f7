import { Button } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useAct } from '../api/act.ts';
import { hub } from '../api/hub.ts';
import { refetchAll } from '../api/live.ts';
import { useReachable } from '../api/reach.ts';
import { useWords } from '../words/use-words.tsx';
import css from './frame.module.css';

/** How often to knock again while the hub is away, in milliseconds. */
const knock = 5_000;

/** On screen for as long as the hub does not answer; knocks by itself, and at once when asked to. */
export function UnreachableBanner() {
  const { w } = useWords();
  const reachable = useReachable();
  const retry = useAct(async () => {
    await hub.me();
    refetchAll();
  });
  useEffect(() => {
    if (reachable) return;
    const timer = setInterval(() => void retry.run(), knock);
    return () => clearInterval(timer);
  }, [reachable, retry.run]);
  if (reachable) return null;
  return (
    <div className={css.banner} role="alert">
      <IconCloudOff size={18} aria-hidden />
      <span>{w.trouble.unreachable}</span>
      <Button variant="default" loading={retry.busy} onClick={() => void retry.run()}>
        {w.shell.retry}
      </Button>
    </div>
  );
}
