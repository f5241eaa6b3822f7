/** What the edge says, as its own door describes it. Types only: nothing of the edge is bundled. */
import type { personChange, samples, ThingView, Transcript, TurnAnswered } from '@wayside/agent/api-types';

export type {
  AdviceView,
  Answer,
  Entered,
  HandoffState,
  HandoffStatus,
  HistoryPiece,
  Identifier,
  Me,
  PastSession,
  PersonView,
  PhoneCode,
  Reading,
  RecommendationView,
  RepairsView,
  SessionEvent,
  SessionSeal,
  SiteEvent,
  Status,
  ThingView,
  Transcript,
  TurnAnswered,
  VisitView,
  VoiceAsk,
  VoiceEvent,
  VoiceTrouble,
} from '@wayside/agent/api-types';

export type SessionConsents = NonNullable<Transcript['consents']>;
export type Fault = TurnAnswered['faults'][number];
export type Evidence = Fault['evidence'][number];
export type Safety = Fault['safety'];
export type SignalView = ThingView['signals'][string];
export type Citation = TurnAnswered['answer']['citations'][number];
export type Rung = TurnAnswered['answer']['rung'];
export type Question = NonNullable<TurnAnswered['answer']['question']>;
export type GuidedStep = NonNullable<TurnAnswered['answer']['step']>;
export type CommandView = NonNullable<TurnAnswered['answer']['command']>;
export type RepairView = NonNullable<TurnAnswered['answer']['repair']>;
export type Samples = (typeof samples)['_output'];
export type Value = Samples['points'][number][1];
export type PreferencesChange = NonNullable<(typeof personChange)['_output']['preferences']>;
export type Locale = 'en' | 'zh';

/** A text of the knowledge base. `body` is Markdown. */
export type ArticleText = { title: string; body: string; sources: string[] };
