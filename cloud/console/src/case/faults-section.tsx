import { CauseGraph } from '@wayside/web/cause-graph';
import { useState } from 'react';
import type { Fault } from '../api/types.ts';
import { sayPercent } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './case.module.css';
import { FaultCard } from './fault-card.tsx';
import { Nothing, Section } from './section.tsx';

/** The likely causes, the likeliest first and open. `at` is when the case was handed over, epoch ms. */
export function FaultsSection({ faults, at }: { faults: Fault[]; at: number }) {
  const { w, pick } = useWords();
  const ranked = faults.toSorted((a, b) => b.probability - a.probability);
  const [open, setOpen] = useState<string | undefined>(ranked[0]?.fault);
  return (
    <Section title={w.case.faults}>
      {ranked.length === 0 && <Nothing>{w.case.noFaults}</Nothing>}
      {ranked.length > 0 && (
        <div className={css.causes}>
          <CauseGraph faults={ranked} words={w.case.causeGraph} pick={pick} percent={sayPercent} />
        </div>
      )}
      {ranked.map((fault) => (
        <FaultCard
          key={`${fault.thing} ${fault.fault}`}
          fault={fault}
          at={at}
          open={open === fault.fault}
          onToggle={() => setOpen(open === fault.fault ? undefined : fault.fault)}
        />
      ))}
    </Section>
  );
}
