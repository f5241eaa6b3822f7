/**
 * fleet: the ledger of each edge's link. `edgeHere`: from when until when it held a socket open at some hub, as that hub wrote it down; spans of several hubs
 * may lie over each other. `edgeGap`: what it said is gone. `edgeLate`: of each day (its number since 1970, UTC), how many of its records came long after
 * they were made, and how long after at most (ms).
 */
export type LedgerTables = {
  edgeHere: { edge: string; since: number; until: number };
  edgeGap: {
    edge: string;
    at: number;
    of: string;
    reason: string;
    lostFrom: number | null;
    lostTo: number | null;
    count: number | null;
    detail: string | null;
  };
  edgeLate: { edge: string; day: number; count: number; worstMs: number };
};

export const ledgerTables = `
create table edgeHere (edge text not null, since integer not null, until integer not null, primary key (edge, since)) strict;
create table edgeGap (edge text not null, at integer not null, "of" text not null, reason text not null, lostFrom integer, lostTo integer, count integer,
  detail text) strict;
create index edgeGapOfEdge on edgeGap (edge, at);
create table edgeLate (edge text not null, day integer not null, count integer not null, worstMs integer not null, primary key (edge, day)) strict;
`;

/** What was told of before there was a ledger. */
export const gapsSoFar = `
insert into edgeGap (edge, at, "of", reason, lostFrom, lostTo, count, detail)
select edge, receivedAt, json_extract(bodyJson, '$.of'), json_extract(bodyJson, '$.reason'), cast(json_extract(bodyJson, '$.from') as bigint),
  cast(json_extract(bodyJson, '$.to') as bigint), cast(json_extract(bodyJson, '$.count') as bigint), json_extract(bodyJson, '$.detail')
from upRecord where kind = 'gap' and json_extract(bodyJson, '$.reason') is not null;
`;
