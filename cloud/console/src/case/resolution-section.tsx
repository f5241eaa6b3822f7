import { Anchor } from '@mantine/core';
import type { CaseView } from '../api/types.ts';
import { useNow } from '../shell/clock.ts';
import { hashOf } from '../shell/route.ts';
import { sayWhen } from '../words/say.ts';
import { useWords } from '../words/use-words.tsx';
import css from './case.module.css';
import { Section } from './section.tsx';

/** What solved it, for a case that is resolved. */
export function ResolutionSection({ view }: { view: CaseView }) {
  const { w, pick, locale } = useWords();
  const now = useNow();
  const { resolution } = view;
  if (resolution === null) return null;
  const cause = view.handoff.faults.find((fault) => fault.fault === resolution.cause);
  return (
    <Section
      title={w.case.resolution}
      aside={<span className={css.aside}>{w.case.resolvedBy(resolution.by, sayWhen(resolution.at, now, locale))}</span>}
    >
      {resolution.cause && <p className={css.whoName}>{cause ? pick(cause.title) : resolution.cause}</p>}
      <p className={css.summary}>{resolution.text}</p>
      {resolution.article && (
        <Anchor size="sm" href={hashOf({ page: 'article', id: resolution.article, locale: view.locale })}>
          {w.case.openDraft}
        </Anchor>
      )}
    </Section>
  );
}
