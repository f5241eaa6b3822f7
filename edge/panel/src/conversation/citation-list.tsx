import { UnstyledButton } from '@mantine/core';
import { IconActivity, IconAlertSquareRounded, IconBarcode, IconBook2, IconListCheck, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import type { Citation } from '../api/types.ts';
import { type Detail, useDetails } from '../detail.tsx';
import { useSite } from '../panel.tsx';
import type { SiteView } from '../things/site.ts';
import { useWords } from '../words/words.tsx';
import styles from './citation-list.module.css';
import { referenceOf } from './reference.ts';

const icons = {
  sample: IconActivity,
  dtc: IconBarcode,
  fault: IconAlertSquareRounded,
  rule: IconListCheck,
  article: IconBook2,
  person: IconUser,
} satisfies Record<Citation['kind'], unknown>;

/** So many are shown at once; the rest is a tap away, unless it is one, which takes no more room than the tap. */
const first = 4;

/** What a citation opens: only what is there. A cause that was merely thought of, or a code long cleared, has no page of its own. */
function detailOf(citation: Citation, about: string | undefined, { things, faults }: SiteView): Detail | undefined {
  const reference = referenceOf(citation);
  if (!reference) return undefined;
  if (reference.kind === 'article') return { ...reference, thing: about };
  if (reference.kind === 'signal') {
    const thing = reference.thing ?? about;
    return thing === undefined ? undefined : { ...reference, thing };
  }
  const here = (thing: string) => thing === (reference.thing ?? about);
  if (reference.kind === 'fault') {
    const meant = faults.filter((fault) => fault.fault === reference.fault);
    const thing = (meant.find((fault) => here(fault.thing)) ?? meant[0])?.thing;
    return thing === undefined ? undefined : { ...reference, thing };
  }
  const meant = things?.filter((thing) => thing.dtcs.some((dtc) => dtc.code === reference.code)) ?? [];
  const thing = (meant.find((one) => here(one.id)) ?? meant[0])?.id;
  return thing === undefined ? undefined : { ...reference, thing };
}

/** Of a text such as `title · explanation` the title is enough on what opens the rest. */
const short = (text: string) => text.split(' · ')[0]!;

function Chip({ citation, thing }: { citation: Citation; thing: string | undefined }) {
  const { show } = useDetails();
  const Icon = icons[citation.kind];
  const detail = detailOf(citation, thing, useSite());
  const inside = (
    <>
      <Icon size={24} stroke={1.8} aria-hidden />
      <span className={styles.text}>{(citation.kind === 'dtc' ? citation.text : short(citation.text)) || citation.ref}</span>
    </>
  );
  if (!detail) return <span className={styles.chip}>{inside}</span>;
  return (
    <UnstyledButton className={styles.chip} onClick={() => show(detail)}>
      {inside}
    </UnstyledButton>
  );
}

/** What an answer rests on; each opens what it names. */
export function CitationList({ citations, thing }: { citations: readonly Citation[]; thing: string | undefined }) {
  const { words } = useWords();
  const [all, setAll] = useState(false);
  if (citations.length === 0) return null;
  const shown = all || citations.length === first + 1 ? citations : citations.slice(0, first);
  return (
    <ul className={styles.list} aria-label={words.sources}>
      {shown.map((citation) => (
        <li key={`${citation.kind} ${citation.ref} ${citation.text}`}>
          <Chip citation={citation} thing={thing} />
        </li>
      ))}
      {shown.length < citations.length && (
        <li>
          <UnstyledButton className={styles.chip} onClick={() => setAll(true)}>
            {words.moreSources(citations.length - shown.length)}
          </UnstyledButton>
        </li>
      )}
    </ul>
  );
}
