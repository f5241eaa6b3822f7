import type { Generator } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import type { AssistClaim, AssistFacts, AssistReply, Translation } from '../api/assist-types.ts';
import type { CaseView } from '../api/types.ts';
import type { HubConfig } from '../config.ts';
import type { Log } from '../log.ts';
import type { Db } from '../store/schema.ts';

/** What the assistant says of a case, in the order it comes. */
export type Hearing = { onFacts(facts: AssistFacts): void; onClaim(claim: AssistClaim): void };

export type Assist = {
  /** Lays beside a case what follows from it, then drafts a reply. Writes nothing anywhere. */
  look(db: Db, view: CaseView, hearing: Hearing, signal: AbortSignal): Promise<AssistReply>;
  /** Says a text of a case in the other language. Writes nothing anywhere, either. */
  translate(view: CaseView, wanted: { text: string; to: Locale }, signal: AbortSignal): Promise<Translation>;
  stop(): Promise<void>;
};

const deadlineMs = 20_000;

/** The assistant of the technicians. Its parts are loaded by the first case somebody opens: a hub that only stores needs none of them. */
export function createAssist(config: HubConfig, log: Log, now: () => number): Assist {
  let generator: Promise<Generator> | undefined;
  const choose = async () => {
    const { chooseGenerator } = await import('./choose-generator.ts');
    const chosen = await chooseGenerator(config, log, now);
    await chosen.start();
    return chosen;
  };
  return {
    async look(db, view, { onFacts, onClaim }, signal) {
      const [{ factsOf }, { sourcesOf }, { draftReply }] = await Promise.all([
        import('./facts.ts'),
        import('./sources.ts'),
        import('./draft-reply.ts'),
      ]);
      const facts = factsOf(view, now());
      onFacts(facts);
      generator ??= choose();
      const sources = await sourcesOf(db, view);
      return draftReply({ view, sources, missing: facts.missing, generator: await generator, deadlineMs, now, signal, onClaim });
    },
    async translate(view, wanted, signal) {
      const { translateText } = await import('./translate-text.ts');
      generator ??= choose();
      return translateText(await generator, view, wanted, signal);
    },
    stop: async () => (await generator)?.stop(),
  };
}
