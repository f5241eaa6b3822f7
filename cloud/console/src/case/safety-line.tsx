import { IconGauge, IconHandStop, IconShieldCheck } from '@tabler/icons-react';
import type { Fault } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import css from './case.module.css';

const icons = { stop: IconHandStop, gently: IconGauge, 'go-on': IconShieldCheck };
const rank = { stop: 2, gently: 1, 'go-on': 0 };

/** Is it safe to go on? The strictest advice of all causes still thought possible. */
export function SafetyLine({ faults }: { faults: Fault[] }) {
  const { w, pick } = useWords();
  const strictest = faults.toSorted((a, b) => rank[b.safety] - rank[a.safety] || b.probability - a.probability)[0];
  if (strictest === undefined) return null;
  const Icon = icons[strictest.safety];
  return (
    <div className={css.safety} data-safety={strictest.safety} role="note">
      <Icon size={20} stroke={1.6} aria-hidden />
      <p>
        <b>{w.safety[strictest.safety]}</b> {pick(strictest.safetyAdvice)}
      </p>
    </div>
  );
}
