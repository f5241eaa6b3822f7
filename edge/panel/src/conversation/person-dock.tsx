import { Button } from '@mantine/core';
import { IconHeadset } from '@tabler/icons-react';
import { useRef } from 'react';
import type { HandoffState } from '../api/types.ts';
import { useReach } from '../panel.tsx';
import { useWords } from '../words/words.tsx';
import type { ConversationView } from './conversation.ts';
import { handoffSteps } from './history.ts';
import styles from './person-dock.module.css';
import { type Rating, RatingTaps } from './rating-taps.tsx';

type Step = Exclude<HandoffState, 'resolved'>;
const steps: readonly Step[] = ['saved', 'at-hub', 'seen', 'answered'];

/**
 * *Talk to a person*: always on the screen, one tap, no question back. Above it stands in words how far the request has come; a
 * further tap while it is open is answered by showing that again.
 */
export function PersonDock({
  view: { handoff, askingPerson, lines },
  onAsk,
  onRate,
}: {
  view: ConversationView;
  onAsk: () => void;
  onRate: (rating: Rating) => void;
}) {
  const { words, pick } = useWords();
  const { edge } = useReach();
  const state = useRef<HTMLDivElement>(null);
  const active = handoff && handoff.state !== 'resolved' ? handoff : undefined;
  // Where a technician only looks on, the tap still asks for one.
  const open = active?.attention === 'takes-over' ? active : undefined;
  const said = active?.attention === 'looks-on' ? words.looksOn : words.handoff;
  const last = lines.at(-1)?.answer;
  const isPast = (step: Step) => open !== undefined && handoffSteps.indexOf(step) <= handoffSteps.indexOf(open.state);
  const sentence = askingPerson
    ? edge === 'lost'
      ? words.handoff.kept
      : words.handoff.sending
    : handoff
      ? [said[handoff.state], active?.safe && words.handoffSafe, active?.technician && words.handoffBy(active.technician)]
          .filter(Boolean)
          .join(' ')
      : last?.offerPerson && words.offerPerson;
  // Who asked knows why.
  const because = active ? active.rule !== 'asked' && active.because && pick(active.because) : handoff ? undefined : last?.offerBecause;
  // An answer that gave the reason is a line or two above.
  const why = because && lines.at(-1)?.text.includes(because) ? undefined : because;

  const ask = () => {
    if (open) state.current?.animate([{ transform: 'scale(1)' }, { transform: 'scale(1.03)' }, { transform: 'scale(1)' }], 320);
    else onAsk();
  };

  return (
    <div className={styles.dock}>
      <div ref={state} className={styles.state} role="status" aria-label={words.handoffTitle}>
        {open && (
          <span className={styles.steps} aria-hidden="true">
            {steps.map((step) => (
              <span key={step} data-past={isPast(step) || undefined}>
                {words.handoffSteps[step]}
              </span>
            ))}
          </span>
        )}
        {sentence && <p className={styles.sentence}>{sentence}</p>}
        {!askingPerson && sentence && why && (
          <p className={styles.why} title={active?.rule}>
            {words.why(why)}
          </p>
        )}
        {handoff?.state === 'resolved' && !askingPerson && <RatingTaps rated={handoff.rated} onRate={onRate} />}
      </div>
      <Button
        className={styles.button}
        data-open={open || askingPerson ? true : undefined}
        leftSection={<IconHeadset size={30} aria-hidden />}
        onClick={ask}
      >
        {words.person}
      </Button>
    </div>
  );
}
