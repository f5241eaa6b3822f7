import type { CustomerView } from '@wayside/hub/api-types';
import { AnswerText } from '@wayside/web/answer-text';
import { useEffect, useRef, useState } from 'react';
import { sayWhen } from '../words/say.ts';
import type { Post } from './use-customer.ts';
import type { CustomerWords } from './words.ts';

type Props = { view: CustomerView; w: CustomerWords; locale: 'en' | 'zh'; post: Post };

const newId = () => `t_${crypto.randomUUID().replaceAll('-', '')}`;

/** What was said so far, and a field to say more. */
export function Talk({ view, w, locale, post }: Props) {
  const log = useRef<HTMLDivElement>(null);
  const count = view.turns.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new is brought into view
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [count]);
  return (
    <section className="card" aria-labelledby="talk">
      <h2 id="talk">{w.talk}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
      <div ref={log} className="log" role="log" aria-labelledby="talk" tabIndex={0}>
        {view.turns.map(({ id, at, by, name, text, parts }) => (
          <div key={id} className="line" data-by={by}>
            {by !== 'system' && (
              <span className="who">
                {name ?? w.who[by]} · {sayWhen(at, Date.now(), locale)}
              </span>
            )}
            <AnswerText text={text} parts={parts} restsOn={w.restsOn} className="said" />
          </div>
        ))}
      </div>
      {view.state === 'resolved' ? <p className="sub">{w.over}</p> : <Write w={w} post={post} />}
    </section>
  );
}

function Write({ w, post }: Pick<Props, 'w' | 'post'>) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  // A message that is tried again is the same message.
  const id = useRef(newId());
  const send = async () => {
    if (text.trim() === '' || busy) return;
    setBusy(true);
    const sent = await post('messages', { id: id.current, text });
    setBusy(false);
    setFailed(!sent);
    if (!sent) return;
    id.current = newId();
    setText('');
  };
  return (
    <form
      className="write"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label htmlFor="message">{w.write}</label>
      <textarea id="message" rows={2} maxLength={2000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      {failed && (
        <p className="away" role="alert">
          {w.notSent}
        </p>
      )}
      <button type="submit" className="main" disabled={busy || text.trim() === ''}>
        {w.send}
      </button>
    </form>
  );
}
