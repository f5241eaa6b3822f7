import type { Generated } from 'kysely';

/** queue: what a case's place depends on, apart from its capsule, so that the queue is ordered without reading one. */
export type CaseInQueue = {
  /** 0 info to 3 danger; how much the customer matters, 0 to 1; how they felt, −1 to 1; null: not known. */
  severity: Generated<number | null>;
  value: Generated<number | null>;
  mood: Generated<number | null>;
  skill: Generated<string | null>;
  locale: Generated<string>;
  offeredTo: Generated<string | null>;
  offeredUntil: Generated<number | null>;
  replyDue: Generated<number | null>;
  resolveDue: Generated<number | null>;
  snoozedUntil: Generated<number | null>;
  snoozedWhy: Generated<string | null>;
  /** The case this one was found to be the same as; it stands there now. */
  mergedInto: Generated<string | null>;
  issue: Generated<string | null>;
};

export type QueueTables = {
  /** How many of an edge's cases are resolved, without those that stand in another. */
  caseTally: { edge: string; resolved: number };
  /** What was decided once for the whole hub, by name. */
  setting: { name: string; valueJson: string; by: string; updatedAt: number };
  duty: { technician: string; dutyJson: string; updatedAt: number };
  /** What the packs say a technician can be good at. */
  skill: { id: string; titleJson: string };
  /** Who else works on a case. */
  helper: { case: string; technician: string; since: number };
  briefing: {
    id: string;
    case: string;
    fromTechnician: string;
    toTechnician: string;
    wants: string;
    text: string;
    at: number;
    seenAt: number | null;
    answer: string | null;
    answeredAt: number | null;
  };
  /** A case that was given to a skill: what it wanted before, and who took it. Of a case at most one waits. */
  transfer: {
    id: string;
    case: string;
    fromTechnician: string;
    skill: string | null;
    locale: string;
    wasSkill: string | null;
    wasLocale: string;
    text: string;
    at: number;
    toTechnician: string | null;
    endedAt: number | null;
    outcome: string | null;
  };
  transferRead: { transfer: string; technician: string; at: number };
};

/** For hubs with a million cases, nearly all of them resolved: counts read an index alone. */
export const queueIndices = `
create index caseCounted on "case" (state) where mergedInto is null;
create index caseAsleep on "case" (snoozedUntil) where snoozedUntil is not null;
`;

/**
 * For hubs with a million cases, nearly all of them resolved. What the queue is ordered by lies in an index of those that are not, so that none is read for its
 * place alone, whose capsule is large; how many are resolved is kept, for each edge, and never counted.
 */
export const queueOfMany = `
drop index caseByState;
drop index caseCounted;
drop index caseByResolution;
drop index caseAsleep;
create index caseInQueue on "case" (state, snoozedUntil, severity, urgency, waitingSince, value, mood, skill, locale, openedAt, id, technician, edge, offeredTo, offeredUntil)
  where state <> 'resolved' and mergedInto is null;
create index caseAsleep on "case" (snoozedUntil, state) where state <> 'resolved' and mergedInto is null and snoozedUntil is not null;
create index caseWaiting on "case" (waitingSince) where state = 'open' and waitingSince is not null;
create index caseByResolution on "case" (resolvedAt, id, edge) where state = 'resolved' and mergedInto is null;
create index caseResolvedFor on "case" (technician, resolvedAt, id, edge) where state = 'resolved' and mergedInto is null;
create table caseTally (edge text primary key, resolved integer not null) strict;
insert into caseTally (edge, resolved) select edge, count(*) from "case" where state = 'resolved' and mergedInto is null group by edge;
create index repairByArticle on repair (article, family, state) where article is not null;
create index articleByTime on article (updatedAt) where mergedInto is null;
`;

export const queueTables = `
alter table "case" add column severity integer;
alter table "case" add column value real;
alter table "case" add column mood real;
alter table "case" add column skill text;
alter table "case" add column locale text not null default 'en';
alter table "case" add column offeredTo text references technician(id);
alter table "case" add column offeredUntil integer;
alter table "case" add column replyDue integer;
alter table "case" add column resolveDue integer;
alter table "case" add column snoozedUntil integer;
alter table "case" add column snoozedWhy text;
alter table "case" add column mergedInto text references "case"(id);
alter table "case" add column issue text;
update "case" set locale = coalesce(json_extract(handoffJson, '$.locale'), 'en'), skill = json_extract(handoffJson, '$.route.skill.id'),
  value = cast(json_extract(handoffJson, '$.person.customerValue') as real), mood = cast(json_extract(handoffJson, '$.brief.mind.mood') as real),
  severity = case json_extract(glanceJson, '$.severity') when 'danger' then 3 when 'warning' then 2 when 'advice' then 1 when 'info' then 0 end;
create index caseByResolution on "case" (resolvedAt) where state = 'resolved';
create index caseByMerge on "case" (mergedInto) where mergedInto is not null;
create index caseByTechnician on "case" (technician) where state = 'claimed';
create index caseByIssue on "case" (issue) where issue is not null;
create table setting (name text primary key, valueJson text not null, "by" text not null, updatedAt integer not null) strict;
create table duty (technician text primary key references technician(id), dutyJson text not null, updatedAt integer not null) strict;
create table skill (id text primary key, titleJson text not null) strict;
create table helper ("case" text not null references "case"(id), technician text not null references technician(id), since integer not null,
  primary key ("case", technician)) strict, without rowid;
create table briefing (id text primary key, "case" text not null references "case"(id), fromTechnician text not null references technician(id),
  toTechnician text not null references technician(id), wants text not null, text text not null, at integer not null, seenAt integer,
  answer text, answeredAt integer) strict;
create index briefingByCase on briefing ("case", at);
create index briefingWaiting on briefing (toTechnician) where answer is null;
`;

export const transferTables = `
create table transfer (id text primary key, "case" text not null references "case"(id), fromTechnician text not null references technician(id),
  skill text, locale text not null, wasSkill text, wasLocale text not null, text text not null, at integer not null,
  toTechnician text references technician(id), endedAt integer, outcome text) strict;
create index transferByCase on transfer ("case", at);
create unique index transferWaiting on transfer ("case") where outcome is null;
create table transferRead (transfer text not null references transfer(id), technician text not null references technician(id), at integer not null,
  primary key (transfer, technician)) strict, without rowid;
`;
