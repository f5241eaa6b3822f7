import { IconGauge, IconHandStop, IconShieldCheck } from '@tabler/icons-react';
import type { Fault } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import css from './case.module.css';

const icons = { stop: IconHandStop, gently: IconGauge, 'go-on': IconShieldCheck };
const rank = { stop: 2, gently: 1, 'go-on': 0 };

/** Is it safe to go on? No, in an emergency, whatever the faults say; else the strictest advice of all causes still thought possible. */
export function SafetyLine({ faults, emergency }: { faults: Fault[]; emergency: boolean }) {
  const { w, pick } = useWords();
  if (emergency)
    return (
      <div className={css.safety} data-safety="stop" role="note">
        <IconHandStop size={20} stroke={1.6} aria-hidden />
        <p>
          <b>{w.case.emergency.title}</b> {w.case.emergency.text} {w.case.emergency.beside}
        </p>
      </div>
    );
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
