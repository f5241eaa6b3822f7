import { lazy, type ReactNode, Suspense } from 'react';
import { SignalDetail } from './chart/signal-detail.tsx';
import { ArticleDetail } from './conversation/article-detail.tsx';
import { type Detail, useDetails } from './detail.tsx';
import { FaultDetail } from './faults/fault-detail.tsx';
import { useSite } from './panel.tsx';
import { JoinDetail } from './people/join-detail.tsx';
import { ManagePeople } from './people/manage-people.tsx';
import { MeDetail } from './people/me-detail.tsx';
import { NewPerson } from './people/new-person.tsx';
import { PastDetail, PastSessionDetail } from './people/past-detail.tsx';
import { PinDetail } from './people/pin-detail.tsx';
import { WhoDetail } from './people/who-detail.tsx';
import { Sheet } from './sheet.tsx';
import { PairingDetail } from './status/pairing-detail.tsx';
import { StatusDetail } from './status/status-detail.tsx';
import { DtcDetail } from './things/dtc-detail.tsx';
import { ThingDetail } from './things/thing-detail.tsx';
import type { Voice } from './voice/use-voice.ts';
import { VoiceDetail } from './voice/voice-detail.tsx';
import { useWords } from './words/words.tsx';

// The picture for a phone's camera is drawn by a library that nothing else needs.
const SealDetail = lazy(() => import('./record/seal-detail.tsx').then(({ SealDetail }) => ({ default: SealDetail })));
const CodeDetail = lazy(() => import('./people/code-detail.tsx').then(({ CodeDetail }) => ({ default: CodeDetail })));

type OpenDetailProps = { overview: ReactNode; voice: Voice; session: string | undefined; onSay: (text: string) => void };

/** Whatever is open, in its sheet, under its name. */
export function OpenDetail({ overview, voice, session, onSay }: OpenDetailProps) {
  const { words } = useWords();
  const { top } = useDetails();
  const title = useTitle(top);
  if (!top) return null;
  return (
    <Sheet title={title} id={JSON.stringify(top)}>
      {top.kind === 'overview' && overview}
      {top.kind === 'status' && <StatusDetail />}
      {top.kind === 'thing' && <ThingDetail thing={top.thing} />}
      {top.kind === 'signal' && (
        <SignalDetail key={JSON.stringify(top)} thing={top.thing} signal={top.signal} at={top.at} band={top.band} />
      )}
      {top.kind === 'dtc' && <DtcDetail thing={top.thing} code={top.code} />}
      {top.kind === 'fault' && <FaultDetail thing={top.thing} fault={top.fault} onSay={onSay} />}
      {top.kind === 'article' && <ArticleDetail id={top.id} thing={top.thing} />}
      {top.kind === 'who' && <WhoDetail />}
      {top.kind === 'pin' && <PinDetail person={top.person} />}
      {top.kind === 'new-person' && <NewPerson />}
      {top.kind === 'manage' && <ManagePeople />}
      {top.kind === 'me' && <MeDetail voice={voice} />}
      {top.kind === 'voice' && <VoiceDetail voice={voice} session={session} />}
      {(top.kind === 'phone' || top.kind === 'link') && (
        <Suspense fallback={<p>{words.loading}</p>}>
          <CodeDetail purpose={top.kind} />
        </Suspense>
      )}
      {top.kind === 'seal' && (
        <Suspense fallback={<p>{words.loading}</p>}>
          <SealDetail session={top.session} />
        </Suspense>
      )}
      {top.kind === 'pairing' && <PairingDetail />}
      {top.kind === 'join' && <JoinDetail />}
      {top.kind === 'past' && <PastDetail />}
      {top.kind === 'past-session' && <PastSessionDetail session={top.session} elsewhere={top.elsewhere} />}
    </Sheet>
  );
}

function useTitle(detail: Detail | undefined): string {
  const { words, pick } = useWords();
  const { things, faults } = useSite();
  const thing = things?.find((one) => detail && 'thing' in detail && one.id === detail.thing);
  switch (detail?.kind) {
    case 'status':
      return words.status;
    case 'thing':
      return thing?.title ?? detail.thing;
    case 'signal': {
      const signal = thing?.signals[detail.signal];
      return signal ? pick(signal.title) : detail.signal;
    }
    case 'dtc':
      return detail.code;
    case 'fault': {
      const fault = faults.find((one) => one.thing === detail.thing && one.fault === detail.fault);
      return fault ? pick(fault.title) : words.faults;
    }
    case 'who':
    case 'pin':
      return words.people.title;
    case 'new-person':
      return words.people.add;
    case 'manage':
      return words.people.manage;
    case 'me':
      return words.people.settings;
    case 'voice':
      return words.voice.title;
    case 'phone':
      return words.people.phone;
    case 'link':
      return words.people.link;
    case 'join':
      return words.people.join;
    case 'past':
    case 'past-session':
      return words.people.past;
    case 'seal':
      return words.record.title;
    case 'pairing':
      return words.pairing.title;
    case 'article':
      return words.readArticle;
    default:
      return words.overview;
  }
}
