import { IconChevronRight, IconMinus, IconPlus } from '@tabler/icons-react';
import { Considered } from '@wayside/web/considered';
import type { Evidence, Fault } from '../api/types.ts';
import { SeverityMark } from '../shell/severity-mark.tsx';
import { sayPercent, sayTime, sayValue, sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './fault-card.module.css';
import { useSpot } from './spot.ts';

/** One hypothesis: how likely, how bad, what speaks for it and what against. */
export function FaultCard({ fault, at, open, onToggle }: { fault: Fault; at: number; open: boolean; onToggle: () => void }) {
  const { w, pick, locale } = useWords();
  return (
    <div className={css.fault}>
      <button type="button" className={css.faultHead} aria-expanded={open} onClick={onToggle}>
        <IconChevronRight size={14} className={css.chevron} aria-hidden />
        <SeverityMark severity={fault.severity} size={16} />
        <b>{pick(fault.title)}</b>
        <span className={css.bar} aria-hidden>
          <span style={{ width: `${fault.probability * 100}%` }} />
        </span>
        <span className={css.percent}>{sayPercent(fault.probability)}</span>
      </button>
      {open && (
        <div className={css.faultBody}>
          <p>
            {pick(fault.explanation)} <span className={css.since}>{w.case.since(sayWhen(fault.since, at, locale))}</span>
          </p>
          <ul className={css.evidence}>
            {fault.evidence.map((each) => (
              <EvidenceLine key={`${each.kind} ${each.ref}`} evidence={each} />
            ))}
          </ul>
          <Considered fault={fault} words={w.case} heading="h4" pick={pick} />
        </div>
      )}
    </div>
  );
}

function EvidenceLine({ evidence }: { evidence: Evidence }) {
  const { w, pick, locale } = useWords();
  const { show } = useSpot();
  const Icon = evidence.for ? IconPlus : IconMinus;
  const value = evidence.value === undefined ? '' : sayValue(evidence.value, evidence.unit, locale);
  const { signal, at } = evidence;
  const text = (
    <>
      {pick(evidence.title)}
      {value !== '' && <b> {value}</b>}
      {at !== undefined && <span className={css.since}> {sayTime(at, locale, true)}</span>}
    </>
  );
  return (
    <li data-for={evidence.for}>
      <Icon size={13} stroke={2.4} role="img" aria-label={evidence.for ? w.case.for : w.case.against} />
      {signal === undefined ? (
        <span>{text}</span>
      ) : (
        <button
          type="button"
          className={css.link}
          onClick={() => show({ kind: 'sample', ref: at === undefined ? signal : `${signal}@${at}` })}
        >
          {text}
        </button>
      )}
    </li>
  );
}
