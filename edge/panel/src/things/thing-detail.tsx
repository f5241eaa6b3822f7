import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useDetails } from '../detail.tsx';
import { FaultCard } from '../faults/fault-card.tsx';
import { inOrder } from '../faults/verdict.ts';
import { useSite } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import { Presence } from './presence.tsx';
import { SignalValue } from './signal-value.tsx';
import styles from './thing-detail.module.css';

const factNames = ['maker', 'model', 'year', 'serial', 'firmware', 'location'] as const;

/** A machine opened: what it is, its faults and codes, and every signal with its newest value. */
export function ThingDetail({ thing: id }: { thing: string }) {
  const { words, pick, instant } = useWords();
  const { open } = useDetails();
  const { things, faults } = useSite();
  const thing = things?.find((one) => one.id === id);
  if (!thing) return null;
  const own = inOrder(faults.filter((fault) => fault.thing === id));
  const facts = factNames.flatMap((name) => (thing[name] === undefined ? [] : [[words.thingFacts[name], String(thing[name])] as const]));
  const known = Object.entries(thing.signals);
  const heard = known.filter(([, signal]) => signal.latest);
  // A family knows of more than one machine has: a petrol car need not list its missing drive battery.
  const signals = heard.length > 0 ? heard : known;
  return (
    <div className={styles.detail}>
      <div className={styles.about}>
        <Presence thing={thing} />
        {thing.family === 'unknown' && <p>{words.unknownThing}</p>}
        <dl className={styles.facts}>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      {own.length > 0 && (
        <section aria-label={words.faults} className={styles.list}>
          <h3 className={styles.title}>{words.faults}</h3>
          {own.map((fault) => (
            <FaultCard key={fault.fault} fault={fault} />
          ))}
        </section>
      )}
      {thing.dtcs.length > 0 && (
        <section aria-label={words.codes} className={styles.list}>
          <h3 className={styles.title}>{words.codes}</h3>
          {thing.dtcs.map((dtc) => (
            <UnstyledButton key={dtc.code} className={styles.row} onClick={() => open({ kind: 'dtc', thing: id, code: dtc.code })}>
              <span className={styles.name}>
                <strong>{dtc.code}</strong> {dtc.title && pick(dtc.title)}
                <span className={styles.small}>
                  {words.codeState[dtc.state]} · {instant(dtc.at)}
                </span>
              </span>
              <IconChevronRight size={24} aria-hidden />
            </UnstyledButton>
          ))}
        </section>
      )}
      <section aria-label={words.signals} className={styles.list}>
        <h3 className={styles.title}>{words.signals}</h3>
        {signals.length === 0 && <p>{words.noSignals}</p>}
        {signals.map(([name, signal]) => (
          <UnstyledButton key={name} className={styles.row} onClick={() => open({ kind: 'signal', thing: id, signal: name })}>
            <span className={styles.name}>
              {pick(signal.title)}
              {signal.latest && words.quality[signal.latest.quality] && (
                <span className={styles.small}>{words.quality[signal.latest.quality]}</span>
              )}
            </span>
            <SignalValue signal={signal} />
            <IconChevronRight size={24} aria-hidden />
          </UnstyledButton>
        ))}
      </section>
    </div>
  );
}
