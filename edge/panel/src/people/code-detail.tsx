import { Qr } from '@wayside/web/qr';
import { useEffect, useState } from 'react';
import type { PhoneCode } from '../api/types.ts';
import { usePanel } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import styles from './code-detail.module.css';
import { spaced } from './spaced.ts';
import { useSecondsUntil } from './use-seconds-until.ts';

type Code = Omit<PhoneCode, 'addresses'> & { addresses?: string[] };

/** A one-time code: for my phone with a picture it can read, for another place as digits to type there. A new one comes when it has run out. */
export function CodeDetail({ purpose }: { purpose: 'phone' | 'link' }) {
  const { words } = useWords();
  const { edge } = usePanel();
  const [code, setCode] = useState<Code>();
  const [trouble, setTrouble] = useState('');
  const [asked, setAsked] = useState(0);
  const left = useSecondsUntil(code?.expiresAt);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew when the last one has run out.
  useEffect(() => {
    let gone = false;
    void edge.post<Code>(`v1/people/me/${purpose}`).then((reply) => {
      if (gone) return;
      if (reply.kind === 'ok') setCode(reply.body);
      else setTrouble(reply.kind === 'refused' ? reply.detail : purpose === 'link' ? words.people.noHub : words.people.away);
    });
    return () => {
      gone = true;
    };
  }, [edge, purpose, asked]);
  useEffect(() => {
    if (code && left === 0 && code.expiresAt <= Date.now()) setAsked((n) => n + 1);
  }, [code, left]);

  // The page one is on is the best address, unless it is this machine's own.
  const own = /^(localhost|127\.|\[::1\])/.test(location.host) ? undefined : location.origin;
  const address = own ?? code?.addresses?.[0];
  return (
    <div className={styles.sheet}>
      {trouble && <p role="alert">{trouble}</p>}
      {code && (
        <>
          {purpose === 'phone' ? (
            address ? (
              <>
                <p>{words.people.phoneHow}</p>
                <Qr text={`${address}/#pair=${code.code}`} label={words.people.qr} />
                <p>{words.people.phoneTyped(address.replace(/^http:\/\//, ''))}</p>
              </>
            ) : (
              <p className={styles.note}>{words.people.onlyHere}</p>
            )
          ) : (
            <p>{words.people.linkHow}</p>
          )}
          <p className={styles.code} role="img" aria-label={words.people.codeIs([...code.code].join(' '))}>
            {spaced(code.code)}
          </p>
          <p className={styles.small}>{words.people.codeLasts(left)}</p>
        </>
      )}
    </div>
  );
}
