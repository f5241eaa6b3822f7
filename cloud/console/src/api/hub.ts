import { call } from './call.ts';
import type {
  Account,
  ArticleRow,
  ArticleVersion,
  ArticleView,
  Breakdown,
  Briefing,
  CaseList,
  CaseRecord,
  CaseTurn,
  CaseView,
  Clusters,
  Colleagues,
  DeliveryRow,
  Duty,
  FleetEdge,
  Help,
  HookRow,
  Insight,
  Issues,
  Ledger,
  Locale,
  Localized,
  Me,
  Meaning,
  Myself,
  Names,
  NewIssue,
  NewPhrases,
  NewRollout,
  NewSubscription,
  PackList,
  PackRow,
  Phrases,
  PolicyList,
  Procedures,
  PushSettings,
  QuestionCluster,
  QueueRules,
  QueueTab,
  Replayed,
  RolloutEdges,
  RolloutList,
  SimilarArticle,
  Skill,
  TechnicianRow,
  Translation,
} from './types.ts';

export type SavedArticle = Pick<ArticleView, 'title' | 'body' | 'family' | 'faults' | 'tags' | 'sources' | 'applies' | 'version'>;
export type FreshArticle = Omit<SavedArticle, 'version'> & Pick<ArticleView, 'id' | 'locale'>;
export type ArticleFilter = { state?: string; locale?: string; family?: string; q?: string };
export type Resolution = { text: string; cause?: string; draft: boolean };
export type Resolved = { case: CaseView; article?: { id: string; locale: Locale } };

const seg = encodeURIComponent;
const articlePath = (id: string, locale: Locale) => `articles/${seg(id)}/${seg(locale)}`;

/** The query string of a filter; what is empty is left out. */
export function query(filter: Record<string, string | undefined>): string {
  const kept = Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '');
  return kept.length === 0 ? '' : `?${new URLSearchParams(kept)}`;
}

/** Everything a technician can ask of the hub. Each throws `HubError`. */
export const hub = {
  me: () => call<Myself>('GET', 'me'),
  signIn: (name: string, password: string, code?: string) =>
    call<Me | { wanted: 'code' }>('POST', 'auth/sign-in', { name, password, ...(code === undefined ? {} : { code }) }),
  ways: () => call<{ company: boolean }>('GET', 'auth/ways'),
  passkeyOptions: () => call<unknown>('POST', 'auth/passkey/options'),
  signInByPasskey: (answer: unknown) => call<Me>('POST', 'auth/passkey', answer),
  signInOnce: (token: string) => call<Me>('POST', 'auth/once', { token }),
  signOut: () => call<void>('POST', 'auth/sign-out'),

  account: () => call<Account>('GET', 'auth/account'),
  changePassword: (old: string, fresh: string) => call<void>('POST', 'auth/password', { old, fresh }),
  newPasskeyOptions: () => call<unknown>('POST', 'auth/passkeys/options'),
  addPasskey: (name: string, response: unknown) => call<void>('POST', 'auth/passkeys', { name, response }),
  removePasskey: (id: string) => call<void>('DELETE', `auth/passkeys/${seg(id)}`),
  newTimeSecret: () => call<{ secret: string; uri: string }>('POST', 'auth/second-factor/secret'),
  setSecondFactor: (secret: string, code: string) => call<{ recoveryCodes: string[] }>('PUT', 'auth/second-factor', { secret, code }),
  removeSecondFactor: () => call<void>('DELETE', 'auth/second-factor'),
  endPlace: (id: string) => call<void>('DELETE', `auth/places/${seg(id)}`),
  endOtherPlaces: () => call<void>('POST', 'auth/places/end', { which: 'others' }),
  requireSecondFactor: (secondFactor: boolean) => call<void>('PUT', 'auth/rules', { secondFactor }),

  cases: (filter: { state: QueueTab; mine: string; q: string; limit: string }) => call<CaseList>('GET', `cases${query(filter)}`),
  case: (id: string) => call<CaseView>('GET', `cases/${seg(id)}`),
  record: (id: string) => call<CaseRecord>('GET', `cases/${seg(id)}/record`),
  conversation: (edge: string, session: string) => call<{ turns: CaseTurn[] }>('GET', `edges/${seg(edge)}/sessions/${seg(session)}`),
  claim: (id: string) => call<CaseView>('POST', `cases/${seg(id)}/claim`),
  reply: (id: string, reply: { id: string; text: string; seen: string | null }) =>
    call<CaseTurn>('POST', `cases/${seg(id)}/replies`, reply),
  translate: (id: string, text: string, to: Locale) => call<Translation>('POST', `cases/${seg(id)}/translations`, { text, to }),
  customerLink: (id: string) => call<{ link: string; expiresAt: number }>('POST', `cases/${seg(id)}/customer-link`),
  visit: (id: string) => call<unknown>('POST', `cases/${seg(id)}/visit`),
  endVisit: (id: string) => call<void>('POST', `cases/${seg(id)}/visit/end`),
  ask: (id: string, action: string, args: Record<string, string | number | boolean>) =>
    call<unknown>('POST', `cases/${seg(id)}/commands`, { action, args }),
  resolve: (id: string, resolution: Resolution) => call<Resolved>('POST', `cases/${seg(id)}/resolve`, resolution),

  next: () => call<{ case: string | null }>('POST', 'queue/next', { which: 'any' }),
  reopen: (id: string) => call<CaseView>('POST', `cases/${seg(id)}/reopen`),
  release: (id: string) => call<CaseView>('POST', `cases/${seg(id)}/release`),
  snooze: (id: string, sleep: { until: number; why: string }) => call<CaseView>('POST', `cases/${seg(id)}/snooze`, sleep),
  wake: (id: string) => call<CaseView>('POST', `cases/${seg(id)}/wake`),
  split: (id: string) => call<CaseView>('POST', `cases/${seg(id)}/split`),
  merge: (id: string, into: string) => call<CaseView>('POST', `cases/${seg(id)}/merge`, { into }),
  linkIssue: (id: string, issue: string | null) => call<CaseView>('POST', `cases/${seg(id)}/issue`, { issue }),
  brief: (id: string, asked: Pick<Briefing, 'wants' | 'text'> & { to: string }) =>
    call<CaseView>('POST', `cases/${seg(id)}/briefings`, asked),
  onBriefing: (id: string, act: 'seen' | 'accept' | 'decline' | 'withdraw') => call<Briefing>('POST', `briefings/${seg(id)}/${act}`),

  transfer: (id: string, to: { skill: string | null; language: Locale; text: string }) =>
    call<CaseView>('POST', `cases/${seg(id)}/transfer`, to),
  seeNote: (id: string) => call<CaseView>('POST', `cases/${seg(id)}/transfer/seen`),
  takeBack: (id: string) => call<CaseView>('POST', `cases/${seg(id)}/transfer/withdraw`),

  push: () => call<PushSettings>('GET', 'me/push'),
  turnPushOn: (subscription: NewSubscription) => call<void>('PUT', 'me/push', subscription),
  turnPushOff: (endpoint: string) => call<void>('POST', 'me/push/end', { endpoint }),
  duty: () => call<Duty>('GET', 'me/duty'),
  saveDuty: (duty: Duty) => call<Duty>('PUT', 'me/duty', duty),
  names: () => call<Names>('GET', 'names'),
  procedures: async (family: string) => (await call<{ procedures: Procedures }>('GET', `procedures/${seg(family)}`)).procedures,
  skills: () => call<{ skills: Skill[] }>('GET', 'skills'),
  colleagues: () => call<Colleagues>('GET', 'colleagues'),
  queueRules: () => call<QueueRules>('GET', 'queue/rules'),
  saveQueueRules: (rules: QueueRules) => call<QueueRules>('PUT', 'queue/rules', rules),

  technicians: () => call<{ technicians: TechnicianRow[] }>('GET', 'technicians'),
  invite: (who: Pick<TechnicianRow, 'name' | 'role' | 'languages'>) =>
    call<{ link: string; expiresAt: number }>('POST', 'technicians/invite', who),
  changeTechnician: (id: string, to: Pick<TechnicianRow, 'role' | 'duty'>) => call<void>('PUT', `technicians/${seg(id)}`, to),
  endSessionsOf: (id: string) => call<void>('POST', `technicians/${seg(id)}/sign-out`),
  resetTechnician: (id: string) => call<{ link: string }>('POST', `technicians/${seg(id)}/reset`),
  disableTechnician: (id: string) => call<void>('POST', `technicians/${seg(id)}/leave`),
  enableTechnician: (id: string) => call<{ link: string; expiresAt: number }>('POST', `technicians/${seg(id)}/return`),

  articles: (filter: ArticleFilter) => call<{ articles: ArticleRow[] }>('GET', `articles${query(filter)}`),
  article: (id: string, locale: Locale) => call<ArticleView>('GET', articlePath(id, locale)),
  createArticle: (article: FreshArticle) => call<ArticleView>('POST', 'articles', article),
  saveArticle: (id: string, locale: Locale, article: SavedArticle) => call<ArticleView>('PUT', articlePath(id, locale), article),
  /** `version` is the one that was read: what nobody has read is not published. */
  publish: ({ id, locale, version }: ArticleView) => call<ArticleView>('POST', `${articlePath(id, locale)}/publish`, { version }),
  withdraw: ({ id, locale }: ArticleView) => call<ArticleView>('POST', `${articlePath(id, locale)}/withdraw`),

  submit: ({ id, locale }: ArticleView) => call<ArticleView>('POST', `${articlePath(id, locale)}/submit`),
  sendBack: ({ id, locale }: ArticleView, note: string) => call<ArticleView>('POST', `${articlePath(id, locale)}/return`, { note }),
  versions: (id: string, locale: Locale) => call<{ versions: ArticleVersion[] }>('GET', `${articlePath(id, locale)}/versions`),
  rollBack: ({ id, locale, version }: ArticleView, to: number) =>
    call<ArticleView>('POST', `${articlePath(id, locale)}/rollback`, { version, to }),
  similar: (id: string, locale: Locale) => call<{ similar: SimilarArticle[] }>('GET', `${articlePath(id, locale)}/similar`),
  mergeArticle: ({ id, locale, version }: ArticleView, from: SimilarArticle, text: Pick<ArticleView, 'title' | 'body'>) =>
    call<ArticleView>('POST', `${articlePath(id, locale)}/merge`, { version, from: from.id, fromVersion: from.version, ...text }),
  /** @param picture as it is; the hub tells what it is by its first bytes */
  addPicture: (picture: Blob) => call<{ hash: string }>('POST', 'pictures', picture),
  correct: (id: string, turn: string, text: string) =>
    call<{ id: string; locale: Locale }>('POST', `cases/${seg(id)}/turns/${seg(turn)}/correct`, { text }),

  issues: () => call<Issues>('GET', 'issues'),
  publishIssue: (issue: NewIssue) => call<unknown>('POST', 'issues', issue),
  closeIssue: (id: string, bulletin: Localized) => call<unknown>('POST', `issues/${seg(id)}/close`, { bulletin }),
  withdrawIssue: (id: string) => call<unknown>('POST', `issues/${seg(id)}/withdraw`),

  hooks: () => call<{ hooks: HookRow[] }>('GET', 'hooks'),
  addHook: (hook: Pick<HookRow, 'kind' | 'to' | 'events'> & { theirSecret?: string }) =>
    call<HookRow & { secret: string; answersTo?: string }>('POST', 'hooks', hook),
  removeHook: (id: string) => call<void>('DELETE', `hooks/${seg(id)}`),
  deliveries: (hook: string) => call<{ deliveries: DeliveryRow[] }>('GET', `hooks/${seg(hook)}/deliveries`),
  tryAgain: (delivery: string) => call<void>('POST', `deliveries/${seg(delivery)}/again`),

  phrases: () => call<Phrases>('GET', 'phrases'),
  meanings: () => call<{ meanings: Meaning[] }>('GET', 'phrases/meanings'),
  /** A draft of what people asked, to be given its meaning. */
  draftPhrases: ({ family, locale, questions }: QuestionCluster) =>
    call<{ id: string }>('POST', 'phrases', {
      family,
      locale,
      intent: 'why',
      sentences: questions
        .map((one) =>
          one
            .replaceAll(/[[\](){}<>|\n]/g, ' ')
            .trim()
            .slice(0, 200),
        )
        .filter((one) => one.length > 1),
    }),
  publishPhrases: (id: string, set: NewPhrases) => call<Phrases>('POST', `phrases/${seg(id)}/publish`, set),
  withdrawPhrases: (id: string) => call<Phrases>('POST', `phrases/${seg(id)}/withdraw`),
  packs: () => call<PackList>('GET', 'packs'),
  addPack: (files: Record<string, string>) => call<PackRow>('POST', 'packs', { files }),
  rollouts: () => call<RolloutList>('GET', 'rollouts'),
  rolloutEdges: (id: string, filter: { ring: number; q?: string; after?: string }) =>
    call<RolloutEdges>('GET', `rollouts/${seg(id)}/edges${query({ ...filter, ring: String(filter.ring) })}`),
  beginRollout: (rollout: NewRollout) => call<RolloutList>('POST', 'rollouts', rollout),
  stopRollout: (id: string) => call<RolloutList>('POST', `rollouts/${seg(id)}/stop`),
  fleet: () => call<{ edges: FleetEdge[] }>('GET', 'fleet'),
  policies: () => call<PolicyList>('GET', 'policies'),
  replay: (family: string, policy: string) => call<Replayed>('POST', `policies/${seg(family)}/replay`, { policy }),
  insight: () => call<Insight>('GET', 'insight'),
  help: () => call<Help>('GET', 'insight/help'),
  breakdown: () => call<Breakdown>('GET', 'insight/breakdown'),
  ledger: (edge: string) => call<Ledger>('GET', `fleet/${seg(edge)}/ledger`),
  /** @param edge the only one it lets in; empty: any that is new */
  enrolmentCode: (edge: string) => call<{ code: string; expiresAt: number }>('POST', 'edges/codes', edge === '' ? {} : { edge }),
  retire: (edge: string) => call<void>('POST', `edges/${seg(edge)}/lock-out`),
  clusters: () => call<Clusters>('GET', 'insight/clusters'),
  /** A draft that holds what was asked, with room for the answer. */
  draftFromQuestions: ({ question, questions, family, locale, faults, cases }: QuestionCluster, asked: string, answer: string) =>
    call<ArticleView>('POST', 'articles', {
      id: `q-${Date.now().toString(36)}`,
      locale,
      title: question.slice(0, 200),
      body: `## ${asked}\n\n${questions.map((one) => `- ${one.replaceAll(/[\\`*_[\]<>#\n]/g, ' ')}`).join('\n')}\n\n## ${answer}\n\n`,
      family,
      faults,
      tags: ['question'],
      sources: cases.slice(0, 20).map((id) => `case ${id}`),
    }),
};
