import type { FaultReport, KnownIssue } from '@wayside/contract';
import { type Localized, WaysideError } from '@wayside/protocol';
import type { AdviceView } from '../api/types.ts';
import { createInOrder } from '../in-order.ts';
import type { KnownThing } from '../link/registry.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';
import { type Advice, advise, sameWithinMs, shown, type Worth } from './advise.ts';
import { affects, bulletinMs, type KeptIssue, keepIssue, readIssues } from './issues.ts';

/** An issue that is known of a model; `over` where it is solved, and `text` says by what. */
export type KnownOf = { ref: string; title: Localized; text: Localized; over: boolean };

export type AdviceRoom = {
  load(): Promise<void>;
  /** What is to be seen now, the gravest first. */
  open(): AdviceView[];
  /** What the hub knows of things like this one, also what was put aside here. */
  issues(thing: string): KnownOf[];
  /** Puts a piece of advice aside; it comes back only when it has become worse. @throws WaysideError `not-found` */
  dismiss(advice: string): Promise<void>;
  /** Looks at faults and things; call every few seconds, and when either changed. */
  tick(): Promise<void>;
  /** What the hub knows of a model, in the transaction that brings it. */
  learnIssue(tx: Db, state: 'published' | 'withdrawn', issue: KnownIssue, bulletin?: Localized): Promise<() => void>;
};

/**
 * Advice before anyone asks: a fault that rose or a known issue of this model, told once and quietly, remembered over a restart.
 * @param onChange told what is to be seen now, and which of it is news
 */
export function createAdvice(parts: {
  db: Db;
  log: Log;
  now: () => number;
  things(): readonly KnownThing[];
  faults(): readonly FaultReport[];
  onChange(open: AdviceView[], news: readonly AdviceView[]): void;
}): AdviceRoom {
  const { db, log, now, onChange } = parts;
  let known: Advice[] = [];
  const issues = new Map<string, KeptIssue>();
  const inOrder = createInOrder();

  async function look(): Promise<void> {
    const at = now();
    known = known.filter(({ overAt }) => overAt === undefined || at - overAt < sameWithinMs);
    const worth = [...parts.faults().map(ofFault), ...parts.things().flatMap((thing) => issuesOf(thing, issues, at))];
    const changed: Advice[] = [];
    const news: Advice[] = [];
    for (const thing of new Set([...worth, ...known].map((one) => one.thing))) {
      const of = <T extends { thing: string }>(all: readonly T[]) => all.filter((one) => one.thing === thing);
      const one = advise(of(known), of(worth), at);
      changed.push(...one.changed);
      news.push(...one.news);
    }
    if (changed.length === 0) return;
    await keep(changed);
    onChange(shown(known), shown(news));
  }

  async function keep(changed: readonly Advice[]): Promise<void> {
    await db.transaction().execute(async (tx) => {
      for (const { advice, ...rest } of changed) {
        const row = { overAt: rest.overAt ?? null, body: JSON.stringify(rest) };
        await tx
          .insertInto('advice')
          .values({ id: advice, ...row })
          .onConflict((c) => c.column('id').doUpdateSet(row))
          .execute();
      }
      await tx
        .deleteFrom('advice')
        .where('overAt', '<', Math.floor(now()) - sameWithinMs)
        .execute();
    });
    const ids = new Set(changed.map(({ advice }) => advice));
    known = [...known.filter(({ advice }) => !ids.has(advice)), ...changed];
  }

  const one = <T>(act: () => Promise<T>) => inOrder('advice', act);
  const tick = () => one(look).catch((err) => log.error({ err }, 'advice could not be kept; it is looked at again'));

  return {
    async load() {
      const rows = await db.selectFrom('advice').select(['id', 'body']).execute();
      known = rows.map(({ id, body }) => ({ ...(JSON.parse(body) as Omit<Advice, 'advice'>), advice: id }));
      for (const issue of await readIssues(db)) issues.set(issue.issue, issue);
    },
    open: () => shown(known),
    issues(id) {
      const thing = parts.things().find((one) => one.id === id);
      const found = thing ? issuesOf(thing, issues, now()) : [];
      return found.map(({ ref, title, text, kind }) => ({ ref, title, text, over: kind === 'bulletin' }));
    },
    dismiss: (id) =>
      one(async () => {
        const found = known.find(({ advice, overAt }) => advice === id && overAt === undefined);
        if (!found) throw new WaysideError('not-found', 'There is no such advice; it may be over by now.');
        await keep([{ ...found, dismissedAt: Math.floor(now()) }]);
        onChange(shown(known), []);
      }),
    tick,
    async learnIssue(tx, state, told, bulletin) {
      const issue: KeptIssue = bulletin ? { ...told, over: { bulletin, at: Math.floor(now()) } } : told;
      await keepIssue(tx, state, issue);
      return () => {
        if (state === 'withdrawn' && !issue.over) issues.delete(issue.issue);
        else issues.set(issue.issue, issue);
        void tick();
      };
    },
  };
}

const ofFault = ({ thing, fault, title, safetyAdvice, severity, safety, article, probability }: FaultReport): Worth => ({
  kind: 'fault',
  thing,
  ref: fault,
  title,
  text: safetyAdvice,
  severity,
  safety,
  ...(article ? { article } : {}),
  probability,
});

const issuesOf = ({ id, description }: KnownThing, issues: ReadonlyMap<string, KeptIssue>, at: number): Worth[] =>
  [...issues.values()]
    .filter((issue) => affects(issue, description) && (issue.over === undefined || at - issue.over.at < bulletinMs))
    .map(({ issue, title, text, severity, safety, article, over }) => ({
      kind: over ? 'bulletin' : 'issue',
      thing: id,
      ref: issue,
      title,
      text: over?.bulletin ?? text,
      severity: over ? 'info' : severity,
      safety: over ? 'go-on' : safety,
      ...(article ? { article } : {}),
      probability: 1,
    }));
