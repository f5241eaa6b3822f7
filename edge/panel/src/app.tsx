import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { AdviceStrip } from './advice/advice-strip.tsx';
import { RecommendationStrip } from './advice/recommendation-strip.tsx';
import styles from './app.module.css';
import { useEdgeClock } from './chart/edge-clock.ts';
import { Composer } from './conversation/composer.tsx';
import { ConversationLog, openAnswer } from './conversation/conversation-log.tsx';
import { PersonDock } from './conversation/person-dock.tsx';
import { useConversation } from './conversation/use-conversation.ts';
import { useDetails } from './detail.tsx';
import { emergencyVerdict, verdictOf } from './faults/verdict.ts';
import { VerdictLine } from './faults/verdict-card.tsx';
import { OpenDetail } from './open-detail.tsx';
import { useReach, useSite } from './panel.tsx';
import { SealLine } from './record/seal-line.tsx';
import { RepairStrip } from './repair/repair-strip.tsx';
import { useRepairs } from './repair/use-repairs.ts';
import { Broken } from './status/broken.tsx';
import { OpenLink } from './status/open-link.tsx';
import { UnreachableBanner } from './status/unreachable-banner.tsx';
import { isMoving } from './things/is-moving.ts';
import { Overview } from './things/overview.tsx';
import { TopBar } from './top-bar.tsx';
import { useChosenThing } from './use-chosen-thing.ts';
import { VisitStrip } from './visit/visit-strip.tsx';
import { useVoice } from './voice/use-voice.ts';
import { VoiceButton } from './voice/voice-button.tsx';
import { VoiceStrip } from './voice/voice-strip.tsx';
import { useWords } from './words/words.tsx';

/** From here on the machines stand beside the conversation instead of behind a line. */
const wide = '(min-width: 62em)';

/** The whole screen: how the machine is, what is said, and a person within reach. */
export function App() {
  const { signedOut } = useReach();
  return signedOut ? <OpenLink /> : <Screen />;
}

function Screen() {
  const { words } = useWords();
  const { things, faults } = useSite();
  const { close, top } = useDetails();
  const isWide = useMediaQuery(wide, undefined, { getInitialValueInEffect: false });
  const { chosen, id, choose } = useChosenThing();
  const { conversation, view } = useConversation(id);
  const voice = useVoice(conversation, view);
  const repairs = useRepairs(chosen?.id, view.lines.length);
  const open = openAnswer(view.lines)?.answer;
  const talking = view.lines.length > 0;
  const clock = useEdgeClock();
  const lost = useReach().edge === 'lost';
  // An edge that does not answer hears nobody for us: what was well may no longer be.
  const now = lost ? Number.POSITIVE_INFINITY : clock();
  const rail = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another thing's verdict is to be seen first.
  useEffect(() => {
    rail.current?.scrollTo({ top: 0, behavior: 'smooth' });
  }, [id]);
  const own = faults.filter((fault) => fault.thing === chosen?.id);
  const emergency = emergencyVerdict(open);
  const shows = verdictOf(chosen, own, now);
  const verdict = emergency ?? shows;
  const command = open?.command?.state === 'proposed';
  const inStep = open?.step !== undefined || open?.command !== undefined || open?.choices !== undefined;
  // On a narrow screen what is asked needs the room.
  const asked = !isWide && (open?.step !== undefined || command || emergency !== undefined);
  const overview = (
    <Overview
      chosen={chosen}
      emergency={emergency}
      now={now}
      onChoose={(thing) => {
        choose(thing);
        if (top?.kind === 'overview') close();
      }}
    />
  );

  return (
    <div className={styles.app}>
      <div className={styles.top}>
        <TopBar />
        <UnreachableBanner />
        {!isWide && things && (
          <VerdictLine verdict={verdict} thing={chosen?.title} more={faults.length - (verdict.fault ? 1 : 0)} brief={talking} />
        )}
      </div>
      {isWide && (
        <aside ref={rail} className={styles.rail} aria-label={words.overview}>
          {overview}
        </aside>
      )}
      <main className={styles.main}>
        <div className={styles.strips}>
          <VisitStrip />
          <AdviceStrip above={shows.fault} asked={asked} brief={talking} />
          {id !== '' && !asked && <RecommendationStrip thing={id} session={conversation.session} />}
          {!emergency && !lost && (
            <RepairStrip
              view={repairs}
              now={clock()}
              inStep={inStep}
              brief={!isWide}
              shown={open?.repair?.repair}
              onSay={conversation.say}
            />
          )}
        </div>
        <ConversationLog
          view={view}
          thing={chosen}
          mayBegin={!repairs?.progress && !repairs?.repairs.some(({ state }) => state === 'watching')}
          onSay={conversation.say}
          onShown={conversation.markSeen}
          onConsent={conversation.consent}
          onDecline={conversation.decline}
        />
        <div className={styles.composer}>
          <VoiceStrip voice={voice} onSay={conversation.say} />
          <Composer
            onSay={conversation.say}
            voice={<VoiceButton voice={voice} />}
            moving={!['off', 'waiting'].includes(voice.view.state) && isMoving(chosen, now)}
          />
          <SealLine view={view} />
        </div>
      </main>
      <div className={styles.person}>
        <PersonDock view={view} onAsk={conversation.askPerson} onRate={conversation.rate} />
      </div>
      <div className={styles.sheet}>
        <Broken key={JSON.stringify(top)}>
          <OpenDetail overview={overview} voice={voice} session={view.session} onSay={conversation.say} />
        </Broken>
      </div>
    </div>
  );
}
