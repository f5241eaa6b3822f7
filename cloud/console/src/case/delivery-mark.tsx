import { IconCheck, IconChecks } from '@tabler/icons-react';
import type { CaseTurn } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import css from './conversation.module.css';

/** How far a reply has come: one tick stored at the hub, two at the edge, two coloured ones seen by the person. */
export function DeliveryMark({ delivery }: { delivery: NonNullable<CaseTurn['delivery']> }) {
  const { w } = useWords();
  const Icon = delivery === 'stored' ? IconCheck : IconChecks;
  return (
    <span className={css.delivery} data-delivery={delivery}>
      <Icon size={14} aria-hidden />
      {w.case.delivery[delivery]}
    </span>
  );
}
