import type { Handoff } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { sayName, sayValue, sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './case.module.css';
import { Section } from './section.tsx';

/** Policies compare severities as numbers, 0 to 3. */
const severities = ['info', 'advice', 'warning', 'danger'] as const;

const nameOf = (measure: string, words: Record<string, string>): string => words[measure] ?? sayName(measure);

/** What it is about and which rule handed it over, with what the rule measured. */
export function HandoverSection({ handoff }: { handoff: Handoff }) {
  const { w, pick, locale } = useWords();
  const now = useNow();
  const severityOf = (value: number) => w.severity[severities[Math.round(value)] ?? 'info'];
  const measures = Object.entries(handoff.rule.measures);
  return (
    <Section title={w.case.summary} aside={<time className={css.aside}>{sayWhen(handoff.at, now, locale)}</time>}>
      <p className={css.summary}>{pick(handoff.summary)}</p>
      <dl className={css.why}>
        <dt>{w.case.why}</dt>
        <dd title={handoff.rule.id}>{pick(handoff.rule.because)}</dd>
        {handoff.raised && (
          <>
            <dt>{w.case.raised}</dt>
            <dd title={handoff.raised.rule.id}>{pick(handoff.raised.rule.because)}</dd>
          </>
        )}
        {handoff.route && (
          <>
            <dt>{w.case.taker}</dt>
            <dd>
              {`${w.case.takes[handoff.route.to]}${w.shell.colon}${pick(handoff.route.because)} (${w.case.request}${w.shell.colon}${w.case.kindsOf[handoff.route.kind]})`}
              {handoff.route.skill && ` ${w.case.skill}${w.shell.colon}${pick(handoff.route.skill.title)}`}
            </dd>
          </>
        )}
        {measures.length > 0 && (
          <dd className={css.measures}>
            {measures.map(([name, value]) => (
              <span key={name} className={css.measure}>
                {nameOf(name, w.case.measures)}{' '}
                <b>{name === 'severity' ? severityOf(value) : sayValue(Math.round(value * 100) / 100, undefined, locale)}</b>
              </span>
            ))}
          </dd>
        )}
      </dl>
    </Section>
  );
}
