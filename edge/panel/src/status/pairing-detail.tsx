import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { usePanel } from '../panel.tsx';
import styles from '../people/code-detail.module.css';
import { useSecondsUntil } from '../people/use-seconds-until.ts';
import { useWords } from '../words/words.tsx';

type Window = { code: string; until: number };
type Devices = { devices: { device: string; pairedAt: number }[] };

const lookMs = 2_000;

/** Opens the window in which a device may ask for its own secret, shows the code for it, and who came in. */
export function PairingDetail() {
  const { words } = useWords();
  const { edge } = usePanel();
  const [window, setWindow] = useState<Window>();
  const [trouble, setTrouble] = useState('');
  const [asked, setAsked] = useState(0);
  const [before, setBefore] = useState<readonly string[]>();
  const [now, setNow] = useState<readonly string[]>([]);
  const left = useSecondsUntil(window?.until);

  // biome-ignore lint/correctness/useExhaustiveDependencies: opened anew when somebody asks.
  useEffect(() => {
    let gone = false;
    void edge.post<Window>('v1/devices/window', {}).then((reply) => {
      if (gone) return;
      setTrouble(reply.kind === 'ok' ? '' : reply.kind === 'refused' ? reply.detail : words.pairing.away);
      if (reply.kind === 'ok') setWindow(reply.body);
    });
    return () => {
      gone = true;
    };
  }, [edge, asked]);

  useEffect(() => {
    const look = async () => {
      const reply = await edge.get<Devices>('v1/devices');
      if (reply.kind !== 'ok') return;
      const names = reply.body.devices.map(({ device }) => device);
      setBefore((known) => known ?? names);
      setNow(names);
    };
    void look();
    const timer = setInterval(() => void look(), lookMs);
    return () => clearInterval(timer);
  }, [edge]);

  const isOpen = window !== undefined && left > 0;
  return (
    <div className={styles.sheet}>
      {trouble && <p role="alert">{trouble}</p>}
      {isOpen && (
        <>
          <p>{words.pairing.how}</p>
          <p className={styles.code} role="img" aria-label={words.pairing.codeIs([...window.code].join(' '))}>
            {window.code.replace(/^(.{4})/, '$1-')}
          </p>
          <p className={styles.small}>{words.pairing.lasts(left)}</p>
        </>
      )}
      <div role="status">
        {now
          .filter((device) => before && !before.includes(device))
          .map((device) => (
            <p key={device} className={styles.note}>
              {words.pairing.cameIn(device)}
            </p>
          ))}
      </div>
      {window && !isOpen && (
        <>
          <p>{words.pairing.closed}</p>
          <Button onClick={() => setAsked((n) => n + 1)}>{words.pairing.again}</Button>
        </>
      )}
    </div>
  );
}
