import { Button } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import type { VisitView } from '../api/types.ts';
import { usePanel, useSite } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import styles from './visit-strip.module.css';

/** Somebody looks at a machine live: who, at which, and a button that ends it. Never folded away. */
export function VisitStrip() {
  const { words } = useWords();
  const { visits } = useSite();
  if (visits.length === 0) return null;
  return (
    <section className={styles.strip} aria-label={words.visit.title} aria-live="polite">
      {visits.map((one) => (
        <One key={one.visit} visit={one} />
      ))}
    </section>
  );
}

function One({ visit }: { visit: VisitView }) {
  const { words } = useWords();
  const { site } = usePanel();
  const { things } = useSite();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const thing = things?.find(({ id }) => id === visit.thing)?.title ?? visit.thing;
  const stop = async () => {
    setBusy(true);
    setFailed(!(await site.stopVisit(visit.visit)));
    setBusy(false);
  };
  return (
    <div className={styles.one}>
      <IconEye size={30} stroke={1.8} aria-hidden />
      <span className={styles.text}>
        {words.visit.sees(visit.by, thing)}
        {failed && <span role="alert"> {words.visit.failed}</span>}
      </span>
      <Button className={styles.stop} loading={busy} onClick={() => void stop()}>
        {words.visit.stop}
      </Button>
    </div>
  );
}
