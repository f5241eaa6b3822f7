/** rollout: what edges say they run, packs that can be rolled out, and how far each rollout has come. */
export type RolloutTables = {
  edgeSays: { edge: string; reportJson: string; at: number };
  pack: {
    fingerprint: string;
    family: string;
    version: string;
    titleJson: string;
    filesJson: string;
    bytes: number;
    by: string;
    at: number;
  };
  rollout: {
    id: string;
    noveltyJson: string;
    /** What it is about: of two rollouts about one thing only one can go on. */
    about: string;
    state: string;
    /** Which ring is being looked at, and since when. */
    ring: number;
    ringSince: number;
    rulesJson: string;
    by: string;
    startedAt: number;
    endedAt: number | null;
    whyJson: string | null;
  };
  /** `seq`: the number of the envelope that told the edge; null: it is not its turn. */
  rolloutEdge: {
    rollout: string;
    edge: string;
    ring: number;
    state: string;
    seq: number | null;
    at: number;
    problem: string | null;
  };
};

export const rolloutTables = `
create table edgeSays (edge text primary key references edge(id), reportJson text not null, at integer not null) strict;
create table pack (fingerprint text primary key, family text not null, version text not null, titleJson text not null, filesJson text not null,
  bytes integer not null, "by" text not null, at integer not null) strict;
create table rollout (id text primary key, noveltyJson text not null, about text not null, state text not null, ring integer not null,
  ringSince integer not null, rulesJson text not null, "by" text not null, startedAt integer not null, endedAt integer, whyJson text) strict;
create unique index rolloutGoingOn on rollout (about) where state = 'running';
create table rolloutEdge (rollout text not null references rollout(id), edge text not null references edge(id), ring integer not null, state text not null,
  seq integer, at integer not null, problem text, primary key (rollout, edge)) strict;
create index upRecordToJudge on upRecord (edge, kind, at) where kind in ('fault', 'turn');
`;
