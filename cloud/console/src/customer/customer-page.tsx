import { useEffect, useState } from 'react';
import { sayWhen } from '../words/say.ts';
import { Consents } from './consents.tsx';
import { Satisfaction } from './satisfaction.tsx';
import { Talk } from './talk.tsx';
import { useCustomer } from './use-customer.ts';
import { customerWords } from './words.ts';

const place = 'wayside.customer.locale';

/** The person's own case, on their phone: how far it is, the conversation, what they agreed to, and how it was. */
export function CustomerPage() {
  const { view, gone, away, post } = useCustomer();
  const [chosen, setChosen] = useState<'en' | 'zh' | undefined>(() => (localStorage.getItem(place) as 'en' | 'zh' | null) ?? undefined);
  const locale = chosen ?? view?.locale ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');
  const w = customerWords[locale];
  useEffect(() => {
    document.documentElement.lang = locale === 'zh' ? 'zh-Hans' : 'en';
    document.title = `${w.app} · Wayside`;
  }, [locale, w]);
  const other = locale === 'en' ? 'zh' : 'en';
  const turn = () => {
    localStorage.setItem(place, other);
    setChosen(other);
  };
  return (
    <div className="page">
      <header className="top">
        <img src="./mark.svg" width={32} height={32} alt="" />
        <h1>{view ? view.title[locale] : w.app}</h1>
        <button type="button" className="quiet" lang={other === 'zh' ? 'zh-Hans' : 'en'} onClick={turn}>
          {w.language}
        </button>
      </header>
      <main>
        {gone && (
          <section className="card" role="alert">
            <h2>{w.gone}</h2>
            <p>{w.goneHint}</p>
          </section>
        )}
        {!gone && away && (
          <p className="away" role="status">
            {w.away}
          </p>
        )}
        {!gone && !view && !away && <p role="status">{w.loading}</p>}
        {view && !gone && (
          <>
            <section className="card" aria-label={w.state[view.state]}>
              <ol className="steps" data-state={view.state} aria-hidden>
                {w.steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
              <h2>{view.state === 'helped' && view.technician ? w.by(view.technician) : w.state[view.state]}</h2>
              {view.thing && <p className="sub">{view.thing[locale]}</p>}
              {view.replyDue !== null && <p className="sub">{w.due(sayWhen(view.replyDue, Date.now(), locale))}</p>}
            </section>
            {view.state === 'resolved' && <Satisfaction view={view} w={w} post={post} />}
            <Talk view={view} w={w} locale={locale} post={post} />
            <Consents view={view} w={w} post={post} />
          </>
        )}
      </main>
    </div>
  );
}
