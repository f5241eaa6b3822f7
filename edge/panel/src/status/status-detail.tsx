import { Button } from '@mantine/core';
import { IconCloudCheck, IconCloudOff, IconDatabase, IconMessage2, IconPlugConnected, IconStack2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useDetails } from '../detail.tsx';
import { useSite } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import styles from './status-detail.module.css';

function Row({ icon, title, state, children }: { icon: ReactNode; title: string; state: string; children?: ReactNode }) {
  return (
    <li className={styles.row}>
      {icon}
      <div>
        <h3 className={styles.title}>{title}</h3>
        <p className={styles.state}>{state}</p>
        {children}
      </div>
    </li>
  );
}

/** How the edge itself is, and what each state means for the person. */
export function StatusDetail() {
  const { words, pick, number, time, bytes } = useWords();
  const { status } = useSite();
  const { open } = useDetails();
  if (!status) return <p>{words.statusUnknown}</p>;
  const { hub, models, disk, broker, packs } = status;
  const Hub = hub.state === 'connected' ? IconCloudCheck : IconCloudOff;
  const means = { connected: words.hub.connectedMeans, offline: words.hub.offlineMeans, none: words.hub.noneMeans }[hub.state];
  const about = [
    hub.state === 'offline' ? words.hub.since(time(hub.since)) : '',
    hub.waiting > 0 ? words.hub.waiting(number(hub.waiting)) : '',
    hub.lastSync === null ? '' : words.hub.lastSync(time(hub.lastSync)),
  ].filter(Boolean);
  const model = [words.models[models.tier], words.models[models.generator]].filter(Boolean).join(' · ');
  return (
    <>
      <ul className={styles.list}>
        <Row icon={<Hub size={32} stroke={1.7} aria-hidden />} title={words.hub.title} state={[words.hub[hub.state], ...about].join(' · ')}>
          <p className={styles.means}>{means}</p>
        </Row>
        <Row icon={<IconMessage2 size={32} stroke={1.7} aria-hidden />} title={words.models.title} state={model}>
          <p className={styles.means}>{models.tier === 'lite' ? words.models.liteMeans : words.models.standardMeans}</p>
          {models.reason && <p className={styles.means}>{pick(models.reason)}</p>}
        </Row>
        <Row
          icon={<IconDatabase size={32} stroke={1.7} aria-hidden />}
          title={words.disk.title}
          state={`${words.disk[disk.state]} · ${words.disk.free(bytes(disk.freeBytes))}`}
        />
        <Row
          icon={<IconPlugConnected size={32} stroke={1.7} aria-hidden />}
          title={words.broker.title}
          state={`${words.broker[broker.state]} · ${words.broker.devices(number(broker.devices))}`}
        >
          <Button className={styles.act} variant="default" onClick={() => open({ kind: 'pairing' })}>
            {words.pairing.open}
          </Button>
        </Row>
        <Row icon={<IconStack2 size={32} stroke={1.7} aria-hidden />} title={words.packs.title} state="">
          {packs.map((pack) => (
            <p key={pack.family} className={styles.means}>
              {pack.family} {pack.version} · {words.packs[pack.state]}
              {pack.problem && `: ${pack.problem}`}
            </p>
          ))}
        </Row>
      </ul>
      <p className={styles.version}>
        {words.version(status.version)} · {status.edge}
      </p>
    </>
  );
}
