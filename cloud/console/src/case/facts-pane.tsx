import type { CaseView } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import { BriefSection } from './brief-section.tsx';
import css from './case.module.css';
import { CodesSection } from './codes-section.tsx';
import { EarlierSection } from './earlier-section.tsx';
import { FaultsSection } from './faults-section.tsx';
import { HandoverSection } from './handover-section.tsx';
import { RecordSection } from './record-section.tsx';
import { RepairsSection } from './repairs-section.tsx';
import { ResolutionSection } from './resolution-section.tsx';
import { SafetyLine } from './safety-line.tsx';
import { StepsSection } from './steps-section.tsx';
import { WhoSection } from './who-section.tsx';

/** What is known, most needed first: the outcome when there is one, the danger, what is asked first, the likely causes; then how it came here and from whom. */
export function FactsPane({ view }: { view: CaseView }) {
  const { w } = useWords();
  const { handoff } = view;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
    <section className={css.scroll} aria-label={w.case.panes.facts} tabIndex={0}>
      <ResolutionSection view={view} />
      <SafetyLine faults={handoff.faults} emergency={view.emergency} />
      <BriefSection view={view} />
      <FaultsSection faults={handoff.faults} at={handoff.at} />
      <CodesSection dtcs={handoff.dtcs} signals={handoff.signals} />
      <StepsSection steps={handoff.steps} rates={view.rates} />
      <RepairsSection repairs={view.repairs} />
      <HandoverSection handoff={handoff} />
      <WhoSection view={view} />
      <EarlierSection earlier={view.earlier} />
      <RecordSection view={view} />
    </section>
  );
}
