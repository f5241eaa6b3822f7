import { IconShieldCheck, IconShieldExclamation, IconShieldHalf } from '@tabler/icons-react';
import { hub } from '../api/hub.ts';
import { useLoaded } from '../api/loaded.ts';
import type { CaseView } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import css from './case.module.css';
import { Section } from './section.tsx';

const icons = { verified: IconShieldCheck, sealing: IconShieldHalf, broken: IconShieldExclamation, none: IconShieldHalf };
const outcomes = { verified: 'done', sealing: undefined, broken: 'failed', none: undefined } as const;

/** Whether what stands on this page is what the edge signed at the time, and who can vouch for it. */
export function RecordSection({ view }: { view: CaseView }) {
  const { w } = useWords();
  const { data } = useLoaded(
    `record/${view.id}`,
    () => hub.record(view.id),
    (event) => event.event === 'case' && event.data.case === view.id,
  );
  if (!data) return null;
  const Icon = icons[data.state];
  const { record } = w.case;
  return (
    <Section title={record.title}>
      <ol className={css.steps}>
        <li data-outcome={outcomes[data.state]}>
          <Icon size={14} aria-hidden />
          <span>{record.states[data.state]}</span>
          <span className={css.aside}>{record.counts(data.matched, data.elsewhere, data.waiting)}</span>
        </li>
        {data.problem && (
          <li data-outcome="failed">
            <IconShieldExclamation size={14} aria-hidden />
            <span>{data.problem}</span>
          </li>
        )}
        {data.state !== 'none' && (
          <li>
            <IconShieldCheck size={14} aria-hidden />
            <span>{record.log(data.log)}</span>
            <span className={css.aside}>{record.witnesses(data.witnesses.length)}</span>
          </li>
        )}
        {data.alarms.slice(0, 3).map(({ at, what }) => (
          <li key={at} data-outcome="failed">
            <IconShieldExclamation size={14} aria-hidden />
            <span>{record.alarms[what]}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
