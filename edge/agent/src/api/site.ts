import type { CommandReport, FaultReport } from '@wayside/contract';
import type { Locale, Value } from '@wayside/protocol';
import type { HomeOffered } from '../dialogue/home/home.ts';
import type { Events } from '../events.ts';
import type { DeviceKeys } from '../link/device-keys.ts';
import type { Pairing } from '../link/pairing.ts';
import type { Units } from '../packs/quantity.ts';
import type { ThingDescriptions } from '../packs/thing-descriptions.ts';
import type { People } from '../profiles/people.ts';
import type { RecordRoom } from '../record/room.ts';
import type { Visits } from '../visits/visits.ts';
import type { VoiceSockets } from '../voice/sockets.ts';
import type {
  AdviceView,
  HandoffStatus,
  RecommendationView,
  RepairsView,
  SessionConsents,
  Status,
  ThingView,
  Transcript,
  TurnAnswered,
} from './types.ts';

/** What the HTTP door needs of the house. `agent.ts` hands it in; the door decides nothing. */
export type Site = {
  events: Events;
  /** Resolves when all is known again that was known before a restart, a moment after the doors open. */
  whole(): Promise<void>;
  people: People;
  /** Who may come in at the broker. */
  devices: DeviceKeys & { pairing: Pairing; port(): number };
  /** Where a phone on the same network finds this panel. */
  addresses(): string[];
  /** Whose a conversation is, if it is anybody's. */
  speakerOf(session: string): Promise<string | undefined>;
  openSession(ask: { channel: string; locale: Locale; person?: string; thing?: string }): Promise<string>;
  takeTurn(session: string, turn: { text: string; id?: string; home?: HomeOffered | undefined }): Promise<TurnAnswered>;
  handOff(session: string): Promise<HandoffStatus>;
  agree(session: string, change: { mood?: boolean | undefined; contact?: boolean | undefined }): Promise<SessionConsents>;
  transcript(session: string): Promise<Transcript>;
  record: Pick<RecordRoom, 'exportSession' | 'sealOf' | 'sealNow'>;
  seen(session: string, reply: string): Promise<void>;
  rate(session: string, rating: 'good' | 'bad' | 'no'): Promise<HandoffStatus>;
  propose(session: string, wish: { action: string; args: Record<string, Value>; thing?: string | undefined }): Promise<CommandReport>;
  consent(session: string, command: string): Promise<CommandReport>;
  cancel(session: string, command: string): Promise<CommandReport>;
  repairs(thing: string): Promise<RepairsView>;
  advice(): AdviceView[];
  dismiss(advice: string): Promise<void>;
  recommendations(units: Units): RecommendationView[];
  answerRecommendation(
    thing: string,
    recommendation: string,
    answer: 'done' | 'later' | 'no' | 'undo',
    session: string | undefined,
  ): Promise<void>;
  picture(family: string, file: string): Promise<{ type: string; body: Uint8Array<ArrayBuffer> }>;
  articlePicture(hash: string): Promise<{ type: string; body: Uint8Array<ArrayBuffer> }>;
  things(): ThingView[];
  faults(): FaultReport[];
  wot: ThingDescriptions;
  samples(
    thing: string,
    signal: string,
    from: number,
    to: number,
  ): Promise<{ unit?: string; points: [number, string | number | boolean][] }>;
  article(
    id: string,
    locale: Locale,
    thing?: string,
  ): Promise<{ id: string; locale: Locale; title: string; body: string; sources: string[] }>;
  visits: Pick<Visits, 'open' | 'stop'>;
  /** Takes over a socket that was let in, for a conversation by voice. */
  voice: Pick<VoiceSockets, 'accept'>;
  takeRelease(release: string): Promise<{ folder: string; files: number; fetched: number; done: boolean }>;
  status(): Promise<Status>;
  metrics(): Promise<{ contentType: string; body: string }>;
  healthy(): Promise<boolean>;
};
