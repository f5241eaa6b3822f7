import { useSite } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import styles from './dtc-detail.module.css';

/** A trouble code opened: what it means, when it was set, and what the machine measured at that moment. */
export function DtcDetail({ thing: id, code }: { thing: string; code: string }) {
  const { words, pick, reading, time } = useWords();
  const { things } = useSite();
  const thing = things?.find((one) => one.id === id);
  const dtc = thing?.dtcs.find((one) => one.code === code);
  if (!thing || !dtc) return <p>{words.codeGone}</p>;
  const frame = Object.entries(dtc.freezeFrame ?? {});
  return (
    <div className={styles.detail}>
      {dtc.title && <p className={styles.meaning}>{pick(dtc.title)}</p>}
      <p className={styles.small}>
        {words.codeState[dtc.state]} · {words.codeAt(time(dtc.at))}
      </p>
      <h3 className={styles.title}>{words.freezeFrame}</h3>
      {frame.length === 0 && <p>{words.noFreezeFrame}</p>}
      <dl className={styles.frame}>
        {frame.map(([name, value]) => (
          <div key={name}>
            <dt>{thing.signals[name] ? pick(thing.signals[name].title) : name}</dt>
            <dd>{reading(value, thing.signals[name]?.unit)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
