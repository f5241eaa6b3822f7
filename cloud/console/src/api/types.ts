/** The hub's HTTP shapes, by the names the console's rooms use. Types only: nothing of the hub is in the bundle. */
import type {
  CaseRow,
  CaseView,
  CaseWhisper,
  Colleague,
  caseList,
  FleetEdge,
  HubEvent,
  IssueRow,
  insight,
  newIssue,
  PhraseRow,
} from '@wayside/hub/api-types';

export type {
  Account,
  ArticleRow,
  ArticleVersion,
  ArticleView,
  AssistClaim,
  AssistFacts,
  AssistReply,
  Attendant,
  Breakdown,
  BreakdownRow,
  Briefing,
  CaseRecord,
  CaseRow,
  CaseView,
  Clusters,
  Colleague,
  DeliveryRow,
  Duty,
  EdgeHealth,
  FaultCluster,
  FleetEdge,
  Help,
  HookRow,
  HubEvent,
  IssueRow,
  Ledger,
  Me,
  Meaning,
  Myself,
  Names,
  NewPhrases,
  NewRollout,
  NewSubscription,
  PackList,
  PackRow,
  PhraseRow,
  PolicyList,
  Procedures,
  PushSettings,
  QuestionCluster,
  QueueRules,
  Replayed,
  RingCounts,
  RolloutEdgeRow,
  RolloutEdges,
  RolloutList,
  RolloutRow,
  RolloutWhy,
  SimilarArticle,
  TechnicianRow,
  Transfer,
  Translation,
  VisitFrame,
} from '@wayside/hub/api-types';

export type CaseList = (typeof caseList)['_output'];
export type CaseState = CaseRow['state'];
/** The tabs of the queue: what sleeps is apart. */
export type QueueTab = CaseState | 'snoozed';
export type Colleagues = { colleagues: Colleague[] };
export type Skill = { id: string; title: Localized };
export type CaseTurn = CaseView['turns'][number];
export type Citation = CaseTurn['citations'][number];
export type Handoff = CaseView['handoff'];
export type Fault = Handoff['faults'][number];
export type Evidence = Fault['evidence'][number];
export type Dtc = Handoff['dtcs'][number];
export type Trace = Handoff['traces'][number];
export type Severity = Fault['severity'];
export type Insight = (typeof insight)['_output'];
export type NewIssue = (typeof newIssue)['_output'];
export type Phrases = { phrases: PhraseRow[] };
export type Issues = { issues: IssueRow[] };
export type FleetThing = FleetEdge['things'][number];
export type Localized = CaseRow['title'];
export type Locale = CaseRow['locale'];

/** What the live stream tells the rooms: the hub's events, and that events may have been missed while it was away. */
export type LiveEvent = HubEvent | CaseWhisper | { event: 'reconnected'; data: null };
