import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCloudCheck, IconCloudOff, IconHome, IconPlugConnectedX } from '@tabler/icons-react';
import type { Status } from '../api/types.ts';
import { useDetails } from '../detail.tsx';
import { useReach, useSite } from '../panel.tsx';
import type { Words } from '../words/en.ts';
import { useWords } from '../words/words.tsx';
import styles from './status-strip.module.css';

/** Trouble of the edge itself that a person should know of without asking. */
export function troubles(status: Status, words: Words): string[] {
  return [
    status.disk.state === 'ok' ? '' : `${words.disk.title}: ${words.disk[status.disk.state]}`,
    status.broker.state === 'up' ? '' : `${words.broker.title}: ${words.broker.down}`,
    ...status.packs.filter((pack) => pack.state === 'broken').map((pack) => `${pack.family}: ${words.packs.broken}`),
  ].filter(Boolean);
}

/** The state of the system in a few words; a tap tells the rest. */
export function StatusStrip() {
  const { words, number } = useWords();
  const { show } = useDetails();
  const { status } = useSite();
  const { edge } = useReach();
  const hub = status?.hub;
  const Icon =
    edge === 'lost' ? IconPlugConnectedX : hub?.state === 'connected' ? IconCloudCheck : hub?.state === 'none' ? IconHome : IconCloudOff;
  const link = edge === 'lost' ? words.noAnswer : hub ? words.hub[hub.state] : words.statusUnknown;
  const waiting = hub && hub.waiting > 0 && edge !== 'lost' ? words.hub.waiting(number(hub.waiting)) : '';
  const trouble = status ? troubles(status, words) : [];
  const well = hub?.state === 'connected' && edge !== 'lost';
  return (
    <UnstyledButton
      className={styles.strip}
      data-state={edge === 'lost' ? 'lost' : hub?.state}
      onClick={() => show({ kind: 'status' })}
      aria-label={[words.status, link, waiting, ...trouble].filter(Boolean).join('. ')}
    >
      <Icon size={26} stroke={1.8} aria-hidden />
      <span className={styles.text} data-well={well || undefined}>
        {link}
        {waiting && <span className={styles.more}> · {waiting}</span>}
      </span>
      {trouble.length > 0 && (
        <span className={styles.trouble}>
          <IconAlertTriangle size={24} aria-hidden />
          <span className={styles.troubleText}>{trouble[0]}</span>
        </span>
      )}
    </UnstyledButton>
  );
}
