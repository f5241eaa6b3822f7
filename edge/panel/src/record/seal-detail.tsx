import { Qr } from '@wayside/web/qr';
import { useEffect, useState } from 'react';
import type { SessionSeal } from '../api/types.ts';
import { usePanel } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import styles from './seal.module.css';

/** The conversation, sealed now: the code a person may keep, how far it is vouched for, the file and where to check it. */
export function SealDetail({ session }: { session: string }) {
  const { words, number } = useWords();
  const { edge } = usePanel();
  const [seal, setSeal] = useState<SessionSeal>();
  const [trouble, setTrouble] = useState('');
  useEffect(() => {
    let gone = false;
    void edge.post<SessionSeal>(`v1/sessions/${session}/seal`).then((reply) => {
      if (gone) return;
      if (reply.kind === 'ok') setSeal(reply.body);
      else setTrouble(reply.kind === 'refused' ? reply.detail : words.record.away);
    });
    return () => {
      gone = true;
    };
  }, [edge, session, words]);

  if (trouble) return <p role="alert">{trouble}</p>;
  if (!seal?.code) return <p>{words.loading}</p>;
  const vouched =
    seal.witnesses > 0 ? words.record.witnessed(number(seal.witnesses)) : seal.atHub ? words.record.atHub : words.record.onlyHere;
  return (
    <div className={styles.sheet}>
      <p className={styles.state}>{words.record.sealed(number(seal.sealed))}</p>
      <p>{vouched}</p>
      <Qr text={seal.code} label={words.record.qr} />
      <p className={styles.small}>{words.record.keep}</p>
      <p className={styles.links}>
        <a href={edge.url(`v1/sessions/${session}/export`)} download>
          {words.record.save}
        </a>
        <a href={edge.url('verify.html')} target="_blank" rel="noreferrer">
          {words.record.verify}
        </a>
      </p>
      <details>
        <summary>{words.record.asText}</summary>
        <code className={styles.code}>{seal.code}</code>
      </details>
    </div>
  );
}
