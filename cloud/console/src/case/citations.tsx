import { IconActivity, IconAlertTriangle, IconBook2, IconEngine, IconScale, IconUser } from '@tabler/icons-react';
import type { Citation } from '../api/types.ts';
import { useWords } from '../words/use-words.tsx';
import css from './conversation.module.css';
import { useSpot } from './spot.ts';

const icons = { sample: IconActivity, dtc: IconEngine, fault: IconAlertTriangle, rule: IconScale, article: IconBook2, person: IconUser };

/** What an answer rests on. A signal shows its chart, an article opens. */
export function Citations({ citations }: { citations: Citation[] }) {
  const { w } = useWords();
  if (citations.length === 0) return null;
  return (
    <ul className={css.citations} aria-label={w.case.citations}>
      {citations.map((each) => (
        <li key={`${each.kind} ${each.ref}`}>
          <OneCitation citation={each} />
        </li>
      ))}
    </ul>
  );
}

function OneCitation({ citation }: { citation: Citation }) {
  const { w } = useWords();
  const { show } = useSpot();
  const Icon = icons[citation.kind];
  const label = `${w.case.kinds[citation.kind]}: ${citation.text}`;
  const inner = (
    <>
      <Icon size={13} stroke={1.7} aria-hidden />
      <span>{citation.text}</span>
    </>
  );
  if (citation.kind !== 'sample' && citation.kind !== 'article') {
    return (
      <span className={css.citation} title={label}>
        {inner}
      </span>
    );
  }
  return (
    <button type="button" className={css.citation} title={citation.text} aria-label={label} onClick={() => show(citation)}>
      {inner}
    </button>
  );
}
