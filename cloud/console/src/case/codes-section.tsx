import type { CaseView, Dtc } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { Tag } from '../shell/tag.tsx';
import { sayName, sayValue, sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './case.module.css';
import { Nothing, Section } from './section.tsx';

type Meanings = CaseView['handoff']['signals'];

const tones = { confirmed: 'danger', pending: 'warning', cleared: 'quiet' } as const;

/** The device's own trouble codes, each with what it froze at that moment. */
export function CodesSection({ dtcs, signals }: { dtcs: Dtc[]; signals: Meanings }) {
  const { w } = useWords();
  return (
    <Section title={w.case.codes}>
      {dtcs.length === 0 && <Nothing>{w.case.noCodes}</Nothing>}
      {dtcs.map((dtc) => (
        <Code key={`${dtc.thing} ${dtc.code} ${dtc.at}`} dtc={dtc} signals={signals} />
      ))}
    </Section>
  );
}

function Code({ dtc, signals }: { dtc: Dtc; signals: Meanings }) {
  const { w, pick, locale } = useWords();
  const now = useNow();
  const frame = Object.entries(dtc.freezeFrame ?? {});
  return (
    <div className={css.code}>
      <div className={css.codeHead}>
        <code>{dtc.code}</code>
        <span>{dtc.title && pick(dtc.title)}</span>
        <Tag tone={tones[dtc.state]}>{w.case.codeStates[dtc.state]}</Tag>
        <time className={css.aside}>{sayWhen(dtc.at, now, locale)}</time>
      </div>
      {frame.length > 0 && (
        <dl className={css.frame} aria-label={`${w.case.freezeFrame} ${dtc.code}`}>
          {frame.map(([signal, value]) => {
            const known = signals[signal];
            return (
              <div key={signal} title={signal}>
                <dt>{known ? pick(known.title) : sayName(signal)}</dt>
                <dd>{sayValue(value, known?.unit, locale)}</dd>
              </div>
            );
          })}
        </dl>
      )}
    </div>
  );
}
