import { Button, UnstyledButton } from '@mantine/core';
import { IconBulb, IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { RecommendationView } from '../api/types.ts';
import { useDetails } from '../detail.tsx';
import { usePanel, useSite } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import styles from './recommendation-strip.module.css';

type Props = {
  thing: string;
  /** Where a command can be proposed. */
  session: () => Promise<string | undefined>;
};

/** What is worth doing on this machine that no fault calls for: one line, opened with a tap; never beside advice on a fault. */
export function RecommendationStrip({ thing, session }: Props) {
  const { recommendations, advice } = useSite();
  const { units, locale } = useWords();
  const { site } = usePanel();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the figures come in the units of whoever is here.
  useEffect(() => void site.askRecommendations(), [site, units, locale]);
  const [first] = recommendations.filter((one) => one.thing === thing);
  if (!first || advice.some((one) => one.safety === 'stop' || one.severity === 'danger')) return null;
  return <One key={first.recommendation} one={first} session={session} />;
}

function One({ one, session }: { one: RecommendationView; session: Props['session'] }) {
  const { words, pick } = useWords();
  const { site } = usePanel();
  const { show } = useDetails();
  const [open, setOpen] = useState(false);
  const say = words.recommend;
  const title = pick(one.title);
  if (one.answer)
    return (
      <section className={styles.card} aria-label={title} role="status">
        <p className={styles.answered}>
          <span>
            <b>{title}</b> {say.answered[one.answer]}
          </span>
          <Button className={styles.small} variant="subtle" onClick={() => void site.answer(one, 'undo')}>
            {say.undo}
          </Button>
        </p>
      </section>
    );
  const doIt = async () => {
    await site.answer(one, 'done', one.action ? await session() : undefined);
    if (one.article && !one.action) show({ kind: 'article', id: one.article, thing: one.thing });
  };
  return (
    <section className={styles.card} aria-label={`${say.title}: ${title}`}>
      <div className={styles.head}>
        <UnstyledButton className={styles.line} aria-expanded={open} onClick={() => setOpen(!open)}>
          <IconBulb size={30} stroke={1.8} aria-hidden />
          <span className={styles.text}>
            <b>{title}</b>
            <span className={styles.why}>{pick(one.because)}</span>
          </span>
          {open ? <IconChevronUp size={24} aria-hidden /> : <IconChevronDown size={24} aria-hidden />}
        </UnstyledButton>
      </div>
      {open && (
        <>
          <p>{pick(one.advice)}</p>
          {one.action?.effect && <p className={styles.why}>{pick(one.action.effect)}</p>}
          <div className={styles.acts}>
            <Button className={styles.act} onClick={() => void doIt()}>
              {one.action ? say.doIt(pick(one.action.title)) : say.willDo}
            </Button>
            <Button className={styles.act} variant="default" onClick={() => void site.answer(one, 'later')}>
              {say.later}
            </Button>
            <Button className={styles.act} variant="default" onClick={() => void site.answer(one, 'no')}>
              {say.no}
            </Button>
          </div>
          {one.article && one.action && (
            <Button
              className={styles.small}
              variant="subtle"
              onClick={() => show({ kind: 'article', id: one.article as string, thing: one.thing })}
            >
              {words.readArticle}
            </Button>
          )}
          <p className={styles.source}>{say.source(one.sources.join(' · '))}</p>
        </>
      )}
    </section>
  );
}
