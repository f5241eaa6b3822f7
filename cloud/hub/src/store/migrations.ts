import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { caseWords } from './case-words.ts';
import { customerTables } from './customer-tables.ts';
import { edgeTables, noTokens } from './edge-tables.ts';
import { caseByRule, caseFigures, caseFiguresAgain } from './figure-tables.ts';
import { answersBack, bridgeTables, hookTables, pushPlace, pushTables } from './hook-tables.ts';
import { knowledgeTables, phraseTables, pictureTable, wordsTable } from './knowledge-tables.ts';
import { gapsSoFar, ledgerTables } from './ledger-tables.ts';
import { translate } from './postgres/translate.ts';
import { queueIndices, queueOfMany, queueTables, transferTables } from './queue-tables.ts';
import { rolloutTables } from './rollout-tables.ts';
import { narrow, people, recommendations, record, repair, safe, tables, tenants } from './schema.ts';
import { companyColumn, signInTables, wasColumn } from './sign-in-tables.ts';
import { talkFigures, talkFlags } from './talk-figures.ts';
import { updateKeys, updateTables } from './update-tables.ts';
import { visitTables } from './visit-tables.ts';

export type Engine = 'sqlite' | 'postgres';

/** Statements in SQLite's words, or in each engine's own where they have nothing in common. */
type Step = string | Readonly<Record<Engine, readonly string[]>>;

/** By name; names sort in the order they run. One set for both engines. */
const steps: Record<string, Step[]> = {
  '001-first-light': [tables],
  '002-repair': [repair],
  '003-people': [people],
  '020-record': [record],
  '021-recommendations': [recommendations],
  '022-safe': [safe],
  '023-tenants': [tenants],
  '040-queue': [queueTables],
  '041-knowledge': [knowledgeTables, wordsTable],
  '042-visits': [visitTables],
  '043-customers': [customerTables],
  '044-hooks': [hookTables],
  '049-bridge': [bridgeTables],
  '050-queue-indices': [queueIndices],
  '060-sign-in': [signInTables],
  '070-queue-of-many': [queueOfMany],
  '071-edge-certificates': [edgeTables],
  '072-company': [companyColumn],
  '075-rollouts': [rolloutTables],
  '076-phrases': [phraseTables],
  '081-answers-back': [answersBack],
  '082-updates': [updateTables],
  '085-narrow': [narrow],
  '086-case-figures': [caseFigures],
  '087-pictures': [pictureTable],
  '089-technician-was': [wasColumn],
  '090-case-by-rule': [caseByRule],
  '095-no-edge-tokens': [noTokens],
  '096-push': [pushTables],
  '097-update-keys': [updateKeys],
  '098-case-days': [caseFiguresAgain],
  '099-push-place': [pushPlace],
  '100-talk-days': [talkFlags, talkFigures],
  '101-envelope-mark': ['alter table downEnvelope add column mark integer'],
  '130-ledger': [ledgerTables, gapsSoFar],
  '140-ages': ['create index sessionByAge on session (updatedAt)'],
  '150-transfer': [transferTables],
  '160-case-words': [caseWords],
};

const statementsOf = (step: Step, engine: Engine): readonly string[] => {
  if (typeof step !== 'string') return step[engine];
  const all = step.split(';').filter((statement) => statement.trim() !== '');
  return engine === 'sqlite' ? all : all.map(translate);
};

/** The migrations as an engine takes them. */
export const migrationsIn = (engine: Engine): Record<string, Migration> =>
  Object.fromEntries(
    Object.entries(steps).map(([name, parts]) => [
      name,
      {
        async up(db) {
          for (const statement of parts.flatMap((part) => statementsOf(part, engine))) await sql.raw(statement).execute(db);
        },
      },
    ]),
  );
