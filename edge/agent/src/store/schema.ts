import type { Generated, Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** JSON columns hold text; the room that owns the table parses it by its schema. */
type Json = string;

/** The edge's durable memory. Times are epoch ms. One table belongs to one room, named beside it. */
export type EdgeSchema = {
  /** store: small facts about this store itself (edge id, epoch). */
  meta: { key: string; value: string };
  /** link */
  thing: { id: string; description: Json | null; presence: string; firstSeen: number; lastSeen: number };
  /** diagnosis */
  dtc: { thing: string; code: string; state: string; at: number; freezeFrame: Json | null; failureType: string | null };
  fault: { thing: string; fault: string; since: number; report: Json };
  /** Faults that are over. */
  pastFault: { thing: string; fault: string; since: number; until: number; title: Json };
  observation: { thing: string; observation: string; answer: string; at: number; session: string | null };
  /** What the detectors learned of a thing, in parts; one that could not be read stays under another name. */
  watchState: { thing: string; part: string; format: number; at: number; state: Json };
  /** dialogue */
  session: {
    id: string;
    channel: string;
    locale: string;
    person: string | null;
    thing: string | null;
    startedAt: number;
    state: Json;
    /** 1: no word of it goes to the hub until a person is asked for. */
    onlyHere: Generated<number>;
  };
  turn: {
    id: string;
    session: string;
    position: Generated<number>;
    at: number;
    by: string;
    name: string | null;
    text: string;
    /** Of an answer: what a screen shows large, and what may fold. */
    parts: Json | null;
    intent: string | null;
    confidence: number | null;
    rung: string | null;
    citations: Json;
    /** What the policy's rules looked at when this was said, for replaying another policy over it. */
    measured: Json | null;
    /** It was spoken: how surely it was heard, and what it interrupted. */
    voice: Json | null;
    /** What was answered to this utterance, for a retry with the same id. */
    answered: Json | null;
  };
  stepTried: { session: string; thing: string | null; procedure: string; step: string; at: number; outcome: string };
  /** dialogue: sentences the desk taught this edge. */
  taught: { id: string; body: Json };
  /** repair: where somebody is in a procedure; finished repairs, watched and decided; how procedures have done elsewhere. */
  progress: { thing: string; person: string; body: Json };
  repair: { id: string; thing: string; session: string | null; state: string; finishedAt: number; body: Json };
  rate: { family: string; procedure: string; body: Json };
  /** advice: what was told before anyone asked, and what the hub knows of whole models. */
  advice: { id: string; overAt: number | null; body: Json };
  issue: { id: string; body: Json };
  /** commands: each as it stands, whole in `body`. */
  command: { id: string; session: string; thing: string; state: string; at: number; body: Json };
  /** consent: who agreed to what; `usedAt` once it has been acted on. */
  consent: {
    command: string;
    session: string;
    person: string | null;
    action: string;
    args: Json;
    how: string;
    told: Json;
    at: number;
    expires: number;
    usedAt: number | null;
  };
  /** knowledge */
  article: {
    id: string;
    locale: string;
    version: number;
    family: string;
    title: string;
    body: string;
    faults: Json;
    tags: Json;
    sources: Json;
    /** The machines it is about; null: every thing of the family. */
    applies: Json | null;
    origin: string;
  };
  /** escalation */
  handoff: {
    case: string;
    session: string;
    at: number;
    state: string;
    rule: string;
    urgency: string;
    attention: Generated<string>;
    /** Why, in both languages. */
    because: Json | null;
    technician: string | null;
    /** 1: the hub's loss would not take it any more. */
    safe: Generated<number>;
    /** How it was, as the person tapped when it was over, or that they would not say. */
    rated: Generated<string | null>;
    capsule: Json;
  };
  /** sync */
  outbox: { seq: Generated<number>; id: string; kind: string; at: number; body: Json; salt: string | null };
  checkpoint: { name: string; value: number };
  /** profiles: who is known here; who is at which browser; what came of their conversations at other edges. */
  profile: { person: string; body: Json };
  badge: { hash: string; person: string; how: string; device: string; at: number; expires: number };
  elsewhere: { session: string; person: string; edge: string; at: number; body: Json };
  /**
   * record: what happened, in order. `entry`, `hash` and `seal` are there once it is chained and sealed; then nothing of it changes any more.
   * What it was lies apart, with its salt, and is gone when it was erased.
   */
  recordEntry: {
    n: Generated<number>;
    id: string;
    kind: string;
    at: number;
    session: string | null;
    /** What it commits to its body with. */
    body: string;
    entry: Json | null;
    hash: string | null;
    seal: number | null;
  };
  recordBody: { n: number; salt: string; body: Json };
  recordSeal: { n: number; text: Json; hash: string; receipt: Json | null; witnesses: number };
  recordKey: { n: number; seals: number; text: Json };
  /** recommend: figures on how things are used, and what was recommended for that with what became of it. */
  usage: { thing: string; figure: string; body: Json };
  recommendation: { thing: string; recommendation: string; body: Json };
  /** visits: technicians who look at a machine live now. */
  visit: { id: string; body: Json };
  /** link: the devices with a secret of their own, of which the hash is kept. */
  deviceKey: { id: string; hash: string; scope: Json; pairedAt: number };
  /** link: what foreign devices announced of themselves, as they said it. */
  announcement: { topic: string; payload: string };
};

export type Db = Kysely<EdgeSchema>;

const first: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      'create table meta (key text primary key, value text not null)',
      'create table thing (id text primary key, description text, presence text not null, firstSeen integer not null, lastSeen integer not null)',
      'create table dtc (thing text not null, code text not null, state text not null, at integer not null, freezeFrame text, primary key (thing, code))',
      'create table fault (thing text not null, fault text not null, since integer not null, report text not null, primary key (thing, fault))',
      'create table observation (thing text not null, observation text not null, answer text not null, at integer not null, session text, primary key (thing, observation))',
      'create table session (id text primary key, channel text not null, locale text not null, person text, thing text, startedAt integer not null, state text not null)',
      `create table turn (position integer primary key autoincrement, id text not null unique, session text not null references session (id), at integer not null,
         by text not null, name text, text text not null, intent text, confidence real, rung text, citations text not null, answered text)`,
      'create index turnOfSession on turn (session, position)',
      'create table stepTried (session text not null, procedure text not null, step text not null, at integer not null, outcome text not null)',
      `create table article (id text not null, locale text not null, version integer not null, family text not null, title text not null, body text not null,
         faults text not null, tags text not null, sources text not null, origin text not null, primary key (id, locale))`,
      "create virtual table articleWords using fts5 (id unindexed, locale unindexed, part unindexed, family unindexed, title, body, tokenize = 'unicode61 remove_diacritics 2')",
      `create table handoff ("case" text primary key, session text not null, at integer not null, state text not null, rule text not null, urgency text not null,
         technician text, capsule text not null)`,
      // autoincrement: a sequence number is never used twice, even after the newest row was pruned
      'create table outbox (seq integer primary key autoincrement, id text not null unique, kind text not null, at integer not null, body text not null)',
      'create table checkpoint (name text primary key, value integer not null)',
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const announcements: Migration = {
  up: (db: Kysely<unknown>) => sql`create table announcement (topic text primary key, payload text not null)`.execute(db).then(() => {}),
};

const commands: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      'create table command (id text primary key, session text not null, thing text not null, state text not null, at integer not null, body text not null)',
      'create index commandOfSession on command (session, at)',
      `create table consent (command text primary key, session text not null, person text, action text not null, args text not null, how text not null,
         told text not null, at integer not null, expires integer not null, usedAt integer)`,
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const repair: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      'alter table stepTried add column thing text',
      'create table progress (thing text not null, person text not null, body text not null, primary key (thing, person))',
      'create table repair (id text primary key, thing text not null, session text, state text not null, finishedAt integer not null, body text not null)',
      'create table rate (family text not null, procedure text not null, body text not null, primary key (family, procedure))',
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const advice: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw('create table advice (id text primary key, overAt integer, body text not null)').execute(db);
    await sql.raw('create table issue (id text primary key, body text not null)').execute(db);
  },
};

const watchState: Migration = {
  up: (db: Kysely<unknown>) =>
    sql`create table watchState (thing text not null, part text not null, format integer not null, at integer not null, state text not null,
      primary key (thing, part))`
      .execute(db)
      .then(() => {}),
};

const people: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      'create table profile (person text primary key, body text not null)',
      'create table badge (hash text primary key, person text not null, how text not null, device text not null, at integer not null, expires integer not null)',
      'create table elsewhere (session text primary key, person text not null, edge text not null, at integer not null, body text not null)',
      'create index elsewhereOfPerson on elsewhere (person, at)',
      'alter table session add column onlyHere integer not null default 0',
      'create index sessionOfPerson on session (person, startedAt) where person is not null',
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const record: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      'alter table outbox add column salt text',
      `create table recordEntry (n integer primary key autoincrement, id text not null unique, kind text not null, at integer not null, session text,
         body text not null, entry text, hash text, seal integer)`,
      'create index recordOfSession on recordEntry (session, n)',
      'create index recordOfSeal on recordEntry (seal)',
      'create table recordBody (n integer primary key, salt text not null, body text not null)',
      'create table recordSeal (n integer primary key, text text not null, hash text not null, receipt text, witnesses integer not null)',
      'create table recordKey (n integer primary key, seals integer not null, text text not null)',
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

const policy: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw('alter table turn add column measured text').execute(db);
    await sql.raw('alter table handoff add column because text').execute(db);
    await sql.raw("alter table handoff add column attention text not null default 'takes-over'").execute(db);
  },
};

const recommendations: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table usage (thing text not null, figure text not null, body text not null, primary key (thing, figure))`.execute(db);
    await sql`create table recommendation (thing text not null, recommendation text not null, body text not null, primary key (thing, recommendation))`.execute(
      db,
    );
  },
};

const voice: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw('alter table turn add column voice text').execute(db);
  },
};

const deviceKeys: Migration = {
  up: (db: Kysely<unknown>) =>
    sql`create table deviceKey (id text primary key, hash text not null, scope text not null, pairedAt integer not null)`
      .execute(db)
      .then(() => {}),
};

const visits: Migration = {
  up: (db: Kysely<unknown>) => sql`create table visit (id text primary key, body text not null)`.execute(db).then(() => {}),
};

/** The hub's text stands beside the pack's of the same name: it may be about some machines only. */
const articleOrigins: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      `create table articleOfOrigin (id text not null, locale text not null, version integer not null, family text not null, title text not null,
         body text not null, faults text not null, tags text not null, sources text not null, applies text, origin text not null,
         primary key (id, locale, origin))`,
      `insert into articleOfOrigin select id, locale, version, family, title, body, faults, tags, sources, null, origin from article`,
      `create virtual table articleWordsOfOrigin using fts5 (id unindexed, locale unindexed, part unindexed, family unindexed, origin unindexed, title, body,
         tokenize = 'unicode61 remove_diacritics 2')`,
      `insert into articleWordsOfOrigin (id, locale, part, family, origin, title, body)
         select words.id, words.locale, words.part, words.family, article.origin, words.title, words.body
         from articleWords words join article on article.id = words.id and article.locale = words.locale`,
      'drop table articleWords',
      'drop table article',
      'alter table articleOfOrigin rename to article',
      'alter table articleWordsOfOrigin rename to articleWords',
    ];
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

/** A handoff may be safe before or after a technician has seen it; both are looked up among the requests in the outbox alone. */
const safeHandoffs: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table handoff add column safe integer not null default 0`.execute(db);
    await sql`create index outboxHandoff on outbox (seq) where kind = 'handoff'`.execute(db);
  },
};

const failureTypes: Migration = {
  up: (db: Kysely<unknown>) => sql`alter table dtc add column failureType text`.execute(db).then(() => {}),
};

const rated: Migration = {
  up: (db: Kysely<unknown>) => sql`alter table handoff add column rated text`.execute(db).then(() => {}),
};

const taught: Migration = {
  up: (db: Kysely<unknown>) => sql`create table taught (id text primary key, body text not null)`.execute(db).then(() => {}),
};

const answerParts: Migration = {
  up: (db: Kysely<unknown>) => sql`alter table turn add column parts text`.execute(db).then(() => {}),
};

/** In a line of millions, who waits for an answer is found without a look at all others: by kind, and in the conversations that are handed over. */
const urgentRecords: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create index outboxUrgent on outbox (seq) where kind in ('handoff', 'raise', 'consent', 'command')`.execute(db);
    await sql`create index outboxTurn on outbox (json_extract(body, '$.session'), seq) where kind = 'turn'`.execute(db);
  },
};

/** Faults that are over, for who asks whether it was so before. */
const pastFaults: Migration = {
  up: (db: Kysely<unknown>) =>
    sql`create table pastFault (thing text not null, fault text not null, since integer not null, until integer not null, title text not null,
      primary key (thing, fault, since))`
      .execute(db)
      .then(() => {}),
};

/** Conversations are looked for by their age, and whether they were handed over. */
const ages: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create index sessionByAge on session (startedAt)`.execute(db);
    await sql`create index handoffOfSession on handoff (session)`.execute(db);
  },
};

export const migrations: Record<string, Migration> = {
  '001-first': first,
  '004-announcements': announcements,
  '005-watch-state': watchState,
  '006-commands': commands,
  '007-repair': repair,
  '008-advice': advice,
  '009-people': people,
  '020-record': record,
  '021-policy': policy,
  '022-recommendations': recommendations,
  '030-voice': voice,
  '030-device-keys': deviceKeys,
  '040-article-origins': articleOrigins,
  '041-visits': visits,
  '042-safe-handoffs': safeHandoffs,
  '043-failure-types': failureTypes,
  '044-rated': rated,
  '045-taught': taught,
  '101-answer-parts': answerParts,
  '110-urgent-records': urgentRecords,
  '111-past-faults': pastFaults,
  '120-ages': ages,
};
