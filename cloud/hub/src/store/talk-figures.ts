import { dayMs, shard } from './figure-tables.ts';
import type { Engine } from './migrations.ts';

/** Of a conversation: whether somebody said something in it, and whether it became a case. Set once, by triggers, whichever of them is told first. */
export const talkFlags = `
alter table session add column talked integer not null default 0;
alter table session add column handed integer not null default 0;
`;

/** As what, and by the number of which day since 1970 (UTC), a row is counted; without a day it is not. */
type Figure = readonly [what: string, day: string];
const dayOf = (row: string, counts: string) => `case when ${counts} then cast(${row}"updatedAt" / ${dayMs} as text) end`;

const tables = {
  session: {
    figures: (row: string): Figure[] => [
      [`'talk'`, dayOf(row, `${row}talked = 1`)],
      [`'handed'`, dayOf(row, `${row}talked = 1 and ${row}handed = 1`)],
    ],
    changes: ['"updatedAt"', 'talked', 'handed'],
  },
  repair: {
    figures: (row: string): Figure[] => [[`${row}state`, dayOf(row, `${row}state <> 'watching'`)]],
    changes: ['"updatedAt"', 'state'],
  },
};
type Table = keyof typeof tables;
const names = Object.keys(tables) as Table[];

const count = (engine: Engine, table: Table, row: string, by: 1 | -1) => `
  insert into "caseFigure" (tenant, shard, what, key, "titleJson", count)
  select e.tenant, ${shard[engine]}, f.what, f.key, null, ${by} from edge e cross join (${tables[table]
    .figures(row)
    .map(([what, day]) => `select ${what} as what, ${day} as key`)
    .join(' union all ')}) f where e.id = ${row}edge and f.key is not null
  on conflict (tenant, shard, what, key) do update set count = "caseFigure".count + excluded.count`;

const said = `exists (select 1 from turn t where t.edge = session.edge and t.session = session.id and t."by" = 'operator')`;
const isCase = `exists (select 1 from "case" c where c.edge = session.edge and c.session = session.id)`;
const flagAll = [`update session set talked = 1 where ${said}`, `update session set handed = 1 where ${isCase}`];

/** Begins with what is there. */
export const countTalks = `insert into "caseFigure" (tenant, shard, what, key, "titleJson", count)
  select e.tenant, 0, f.what, f.key, null, count(*) from (${names
    .flatMap((table) =>
      tables[table].figures('r.').map(([what, day]) => `select r.edge as edge, ${what} as what, ${day} as key from ${table} r`),
    )
    .join(' union all ')}) f join edge e on e.id = f.edge where f.key is not null group by e.tenant, f.what, f.key`;

const ofTurn = `update session set talked = 1 where edge = new.edge and id = new.session and talked = 0`;
const ofCase = `update session set handed = 1 where edge = new.edge and id = new.session and handed = 0`;
/** A conversation may be told of after what was said in it. */
const ofSession = [
  `update session set talked = 1 where edge = new.edge and id = new.id and talked = 0 and ${said}`,
  `update session set handed = 1 where edge = new.edge and id = new.id and handed = 0 and ${isCase}`,
];

const changed = (table: Table, distinct: string) => tables[table].changes.map((name) => `old.${name} ${distinct} new.${name}`).join(' or ');

/** By triggers, as the figures of cases are (`figure-tables.ts`). */
const triggers = {
  sqlite: [
    ...names.flatMap((table) => [
      `create trigger "${table}Counted" after insert on ${table} for each row begin ${[
        count('sqlite', table, 'new.', 1),
        ...(table === 'session' ? ofSession : []),
      ].join('; ')}; end`,
      `create trigger "${table}Uncounted" after delete on ${table} for each row begin ${count('sqlite', table, 'old.', -1)}; end`,
      `create trigger "${table}CountedAnew" after update of ${tables[table].changes.join(', ')} on ${table} for each row when ${changed(table, 'is not')}
        begin ${count('sqlite', table, 'old.', -1)}; ${count('sqlite', table, 'new.', 1)}; end`,
    ]),
    `create trigger "turnTalked" after insert on turn for each row when new."by" = 'operator' begin ${ofTurn}; end`,
    `create trigger "caseHanded" after insert on "case" for each row begin ${ofCase}; end`,
  ],
  postgres: [
    ...names.flatMap((table) => [
      `create function "count_${table}"() returns trigger language plpgsql as $$ begin
        if tg_op <> 'INSERT' then ${count('postgres', table, 'old.', -1)}; end if;
        if tg_op <> 'DELETE' then ${count('postgres', table, 'new.', 1)}; end if;
        ${table === 'session' ? `if tg_op = 'INSERT' then ${ofSession.join('; ')}; end if;` : ''}
        return null; end $$`,
      `create trigger "${table}Counted" after insert or delete on ${table} for each row execute function "count_${table}"()`,
      `create trigger "${table}CountedAnew" after update of ${tables[table].changes.join(', ')} on ${table} for each row
        when (${changed(table, 'is distinct from')}) execute function "count_${table}"()`,
    ]),
    `create function "flagTalked"() returns trigger language plpgsql as $$ begin ${ofTurn}; return null; end $$`,
    `create trigger "turnTalked" after insert on turn for each row when (new."by" = 'operator') execute function "flagTalked"()`,
    `create function "flagHanded"() returns trigger language plpgsql as $$ begin ${ofCase}; return null; end $$`,
    `create trigger "caseHanded" after insert on "case" for each row execute function "flagHanded"()`,
  ],
};

export const talkFigures = {
  sqlite: [...flagAll, countTalks, ...triggers.sqlite],
  postgres: [...flagAll, countTalks, ...triggers.postgres],
};
