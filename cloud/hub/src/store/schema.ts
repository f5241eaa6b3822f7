import type { Generated, Kysely, Selectable } from 'kysely';
import type { CaseWordsTables } from './case-words.ts';
import type { CaseOfCustomer, CustomerTables } from './customer-tables.ts';
import type { EdgeTables } from './edge-tables.ts';
import type { FigureTables } from './figure-tables.ts';
import type { HookTables } from './hook-tables.ts';
import type { KnowledgeTables } from './knowledge-tables.ts';
import type { LedgerTables } from './ledger-tables.ts';
import type { CaseInQueue, QueueTables } from './queue-tables.ts';
import type { RolloutTables } from './rollout-tables.ts';
import type { SignInTables } from './sign-in-tables.ts';
import type { UpdateTables } from './update-tables.ts';
import type { VisitTables } from './visit-tables.ts';

/** Everything a hub remembers. Columns named `…Json` hold JSON text; times are epoch ms on the hub's clock unless they say otherwise. */
export type Schema = QueueTables &
  RolloutTables &
  UpdateTables &
  KnowledgeTables &
  VisitTables &
  CustomerTables &
  CaseWordsTables &
  HookTables &
  FigureTables &
  LedgerTables &
  SignInTables &
  EdgeTables & {
    technician: {
      id: string;
      name: string;
      role: string;
      languagesJson: string;
      password: string;
      createdAt: number;
      tenant: string;
      company: Generated<string | null>;
      was: Generated<string | null>;
    };
    signInLink: { hash: string; technician: string; expiresAt: number };
    enrolmentCode: { hash: string; edge: string | null; expiresAt: number; tenant: string };
    /** `tokenHash`: of what let edges in before there were certificates. It opens nothing, and holds the id. */
    edge: { id: string; tokenHash: string; enrolledAt: number; lastSeen: number | null; downThrough: number; tenant: string };

    /** How far each edge's stream has been stored without a gap, and how far it would survive the loss of this disk. */
    upStream: { edge: string; epoch: string; durableThrough: number; safeThrough: Generated<number> };
    upRecord: {
      edge: string;
      epoch: string;
      seq: number;
      id: string;
      kind: string;
      at: number;
      hash: string;
      bodyJson: string;
      receivedAt: number;
      /** Of recorded happenings: what the edge's entry of this id commits to the body with; and the conversation. */
      salt: string | null;
      session: string | null;
    };
    /** Records that could not be understood, as they came. */
    quarantine: { edge: string; epoch: string; seq: number; hash: string; reason: string; recordJson: string; receivedAt: number };
    /** `mark`: of what it said, kept when that was erased; null: it says it still. */
    downEnvelope: { edge: string; seq: number; kind: string; at: number; bodyJson: string; mark: Generated<number | null> };

    thing: { edge: string; id: string; reportJson: string; updatedAt: number };
    fault: { edge: string; thing: string; fault: string; state: string; reportJson: string; updatedAt: number };
    dtc: { edge: string; thing: string; code: string; state: string; reportJson: string; updatedAt: number };
    /** `talked`, `handed`: somebody said something in it, it became a case; the store sees to it (`talk-figures.ts`). */
    session: {
      edge: string;
      id: string;
      reportJson: string;
      updatedAt: number;
      person: string | null;
      talked: Generated<number>;
      handed: Generated<number>;
    };
    /** Everything said, in the order it became known here (`place`). */
    turn: { place: number; edge: string; session: string; id: string; by: string; text: string; turnJson: string };

    case: CaseTable;
    /** What a case is about, for finding its like: faults and DTCs. */
    caseMark: { case: string; kind: string; code: string };
    reply: { id: string; case: string; technician: string; text: string; at: number; downSeq: number; seenAt: number | null };

    article: ArticleTable;

    /** repair: commands with who agreed, repairs with their verdict, and what edges were last told of a procedure's success. */
    command: {
      edge: string;
      id: string;
      session: string;
      state: string;
      reportJson: string;
      consentJson: string | null;
      updatedAt: number;
    };
    repair: {
      edge: string;
      id: string;
      family: string;
      procedure: string;
      article: string | null;
      thing: string;
      session: string | null;
      state: string;
      reportJson: string;
      updatedAt: number;
    };
    issue: { id: string; state: string; issueJson: string; by: string; updatedAt: number };
    /** people: at which edges a person lets their conversations be seen, and codes with which another edge is joined to those. */
    personEdge: { person: string; edge: string; name: string; since: number };
    personCode: { hash: string; person: string; name: string; edge: string; expiresAt: number };
    /** record: the log's leaves (seals and keys of all edges) and the hashes of its complete subtrees. `under`: hash of the key in force. */
    logLeaf: {
      place: number;
      hash: string;
      edge: string;
      what: string;
      n: number;
      epoch: number;
      text: string;
      prev: string;
      under: string;
      receivedAt: number;
    };
    logNode: { level: number; place: number; hash: string };
    logWitness: { edge: string; vkey: string; seenAt: number };
    logSignature: { size: number; edge: string; vkey: string; signature: string };
    /** The newest link of each edge's chain; its sealed entries; what was odd. */
    recordEdge: { edge: string; tip: string };
    recordEntry: {
      edge: string;
      hash: string;
      n: number;
      id: string;
      kind: string;
      session: string | null;
      entryJson: string;
      seal: string;
    };
    recordAlarm: { id: number; edge: string; at: number; what: string; detailJson: string };
    /** insight: what was recommended, and what became of it; each giving is a row. */
    recommendation: {
      edge: string;
      thing: string;
      recommendation: string;
      family: string;
      titleJson: string;
      state: string;
      givenAt: number;
    };
    rateTold: { family: string; procedure: string; tries: number; fixed: number; notFixed: number };
  };

type CaseTable = CaseInQueue &
  CaseOfCustomer & {
    id: string;
    edge: string;
    session: string;
    state: string;
    urgency: string;
    openedAt: number;
    waitingSince: number | null;
    updatedAt: number;
    titleJson: string;
    family: string | null;
    rule: string;
    unread: number;
    topFault: string | null;
    topFaultTitleJson: string | null;
    /** The line in the queue, apart from the capsule: that one holds traces and is large. */
    glanceJson: string;
    handoffJson: string;
    technician: string | null;
    firstReplyAt: number | null;
    resolvedAt: number | null;
    resolvedBy: string | null;
    resolution: string | null;
    cause: string | null;
    /** `id/locale` of the article drafted from it. */
    article: string | null;
  };

type ArticleTable = {
  id: string;
  locale: string;
  state: string;
  version: number;
  title: string;
  body: string;
  family: string;
  faultsJson: string;
  tagsJson: string;
  sourcesJson: string;
  origin: string;
  case: string | null;
  by: string;
  updatedAt: number;
  appliesJson: Generated<string>;
  /** The article it became part of. */
  mergedInto: Generated<string | null>;
  /** The text the edges hold, while the row may be a newer draft; null when they hold none of ours. */
  publishedJson: string | null;
};

export type Db = Kysely<Schema>;
export type CaseRecord = Selectable<CaseTable>;
export type ArticleRecord = Selectable<ArticleTable>;

// SQL as text: the shape of every table is read at a glance, and `strict` makes SQLite hold to it.
export const tables = `
create table technician (id text primary key, name text not null unique collate nocase, role text not null, languagesJson text not null,
  password text not null, createdAt integer not null) strict;
create table signedIn (hash text primary key, technician text not null references technician(id), expiresAt integer not null) strict;
create table signInLink (hash text primary key, technician text not null references technician(id), expiresAt integer not null) strict;
create table enrolmentCode (hash text primary key, edge text, expiresAt integer not null) strict;
create table edge (id text primary key, tokenHash text not null unique, enrolledAt integer not null, lastSeen integer,
  downThrough integer not null) strict;

create table upStream (edge text not null, epoch text not null, durableThrough integer not null, primary key (edge, epoch)) strict, without rowid;
create table upRecord (edge text not null, epoch text not null, seq integer not null, id text not null, kind text not null, at integer not null,
  hash text not null, bodyJson text not null, receivedAt integer not null, primary key (edge, epoch, seq)) strict;
create table quarantine (edge text not null, epoch text not null, seq integer not null, hash text not null, reason text not null,
  recordJson text not null, receivedAt integer not null, primary key (edge, epoch, seq, hash)) strict;
create table downEnvelope (edge text not null, seq integer not null, kind text not null, at integer not null, bodyJson text not null,
  primary key (edge, seq)) strict;

create table thing (edge text not null, id text not null, reportJson text not null, updatedAt integer not null, primary key (edge, id)) strict;
create table fault (edge text not null, thing text not null, fault text not null, state text not null, reportJson text not null,
  updatedAt integer not null, primary key (edge, thing, fault)) strict;
create table dtc (edge text not null, thing text not null, code text not null, state text not null, reportJson text not null,
  updatedAt integer not null, primary key (edge, thing, code)) strict;
create table session (edge text not null, id text not null, reportJson text not null, updatedAt integer not null, primary key (edge, id)) strict;
create table turn (place integer primary key autoincrement, edge text not null, session text not null, id text not null, "by" text not null,
  text text not null, turnJson text not null, unique (edge, session, id)) strict;

create table "case" (id text primary key, edge text not null references edge(id), session text not null, state text not null, urgency text not null,
  openedAt integer not null, waitingSince integer, updatedAt integer not null, titleJson text not null, family text, rule text not null,
  unread integer not null, topFault text, topFaultTitleJson text, glanceJson text not null, handoffJson text not null, technician text references technician(id),
  firstReplyAt integer, resolvedAt integer, resolvedBy text, resolution text, cause text, article text) strict;
create index caseByState on "case" (state, updatedAt);
create index caseBySession on "case" (edge, session);
create table caseMark ("case" text not null references "case"(id), kind text not null, code text not null, primary key (kind, code, "case")) strict, without rowid;
create table reply (id text primary key, "case" text not null references "case"(id), technician text not null references technician(id),
  text text not null, at integer not null, downSeq integer not null, seenAt integer) strict;
create index replyByCase on reply ("case");

create table article (id text not null, locale text not null, state text not null, version integer not null, title text not null, body text not null,
  family text not null, faultsJson text not null, tagsJson text not null, sourcesJson text not null, origin text not null, "case" text,
  "by" text not null, updatedAt integer not null, publishedJson text, primary key (id, locale)) strict;
`;

export const repair = `
create table command (edge text not null, id text not null, session text not null, state text not null, reportJson text not null, consentJson text,
  updatedAt integer not null, primary key (edge, id)) strict;
create index commandBySession on command (edge, session);
create table repair (edge text not null, id text not null, family text not null, procedure text not null, article text, thing text not null, session text,
  state text not null, reportJson text not null, updatedAt integer not null, primary key (edge, id)) strict;
create index repairByProcedure on repair (family, procedure, state);
create index repairByThing on repair (edge, thing);
create table issue (id text primary key, state text not null, issueJson text not null, "by" text not null, updatedAt integer not null) strict;
create table rateTold (family text not null, procedure text not null, tries integer not null, fixed integer not null, notFixed integer not null,
  primary key (family, procedure)) strict;
`;

export const people = `
create table personEdge (person text not null, edge text not null references edge(id), name text not null, since integer not null,
  primary key (person, edge)) strict;
create table personCode (hash text primary key, person text not null, name text not null, edge text not null, expiresAt integer not null) strict;
alter table session add column person text;
update session set person = json_extract(reportJson, '$.person');
create index sessionByPerson on session (person, edge) where person is not null;
`;

export const record = `
alter table upRecord add column salt text;
alter table upRecord add column session text;
create index upRecordOfSession on upRecord (edge, session);
create table logLeaf (place integer primary key, hash text not null unique, edge text not null, what text not null, n integer not null, epoch integer not null,
  text text not null, prev text not null, under text not null, receivedAt integer not null) strict;
create table logNode (level integer not null, place integer not null, hash text not null, primary key (level, place)) strict, without rowid;
create table logWitness (edge text primary key, vkey text not null, seenAt integer not null) strict;
create table logSignature (size integer not null, edge text not null, vkey text not null, signature text not null, primary key (size, edge)) strict;
create table recordEdge (edge text primary key, tip text not null) strict;
create table recordEntry (edge text not null, hash text not null, n integer not null, id text not null, kind text not null, session text, entryJson text not null,
  seal text not null, primary key (edge, hash)) strict;
create index recordEntryOfSession on recordEntry (edge, session, n);
create index recordEntryOfSeal on recordEntry (edge, seal, n);
create table recordAlarm (id integer primary key autoincrement, edge text not null, at integer not null, what text not null, detailJson text not null) strict;
create index recordAlarmOfEdge on recordAlarm (edge, at);
`;

/** Most records are of no conversation: an index of these alone spares every other record a third of its writing. */
export const narrow = `
drop index upRecordOfSession;
create index upRecordOfSession on upRecord (edge, session) where session is not null;
`;

export const recommendations = `
create table recommendation (edge text not null, thing text not null, recommendation text not null, family text not null, titleJson text not null,
  state text not null, givenAt integer not null, primary key (edge, thing, recommendation, givenAt)) strict;
create index recommendationByKind on recommendation (family, recommendation, state);
`;

export const safe = `
alter table upStream add column safeThrough integer not null default 0;
`;

export const tenants = `
alter table technician add column tenant text not null default '*';
alter table enrolmentCode add column tenant text not null default 'house';
alter table edge add column tenant text not null default 'house';
`;
