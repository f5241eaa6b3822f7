import { type Action, type Command, command, decode, type Interlock, misfit, type Outcome, type Value } from '@wayside/protocol';
import type { CommandContext, CommandHandler } from './types.ts';

type Handler = CommandHandler<Record<string, Value>, unknown>;

/** How many outcomes are remembered, so that a command that comes twice (MQTT QoS 1) is carried out once. */
const remembered = 1_000;
const atOnce = 16;

export type CommandsOptions = {
  handlers: Record<string, Handler | undefined>;
  /** Declared actions; a command whose arguments do not fit its action is refused. */
  actions: Record<string, Action>;
  /** Why the machine must not do it now. */
  blocked: (interlocks: readonly Interlock[] | undefined) => string | undefined;
  publish: CommandContext<unknown>['publish'];
  now: () => number;
  answer: (outcome: Outcome) => void;
  warn: (message: string) => void;
};

/** Answers commands: refuses what is expired, unknown or ill-formed, carries out the rest once, and says the outcome. */
export function createCommands({ handlers, actions, blocked, publish, now, answer, warn }: CommandsOptions) {
  const outcomes = new Map<string, Promise<Outcome>>();
  const running = new Set<AbortController>();

  const refusal = ({ name, args, expires }: Command): string | undefined => {
    if (expires <= now()) return 'expired before it arrived';
    if (!Object.hasOwn(handlers, name)) return `this device has no command "${name}"`;
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    const why = action && (misfit(action, args) ?? blocked(action.interlocks));
    if (why) return why;
    return running.size >= atOnce ? `busy with ${atOnce} other commands` : undefined;
  };

  const carryOut = async ({ id, name, args, expires }: Command): Promise<Outcome> => {
    const controller = new AbortController();
    running.add(controller);
    // setTimeout takes at most 2^31-1 ms and fires at once beyond it.
    const timer = setTimeout(() => controller.abort(new Error('did not finish before it expired')), Math.min(expires - now(), 2 ** 31 - 1));
    const aborted = new Promise<never>((_, reject) => {
      controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
    });
    try {
      const work = Promise.resolve((handlers[name] as Handler)(args, { signal: controller.signal, publish }));
      const said = await Promise.race([work, aborted]);
      return { id, state: said?.state ?? 'done', ...(said?.detail === undefined ? {} : { detail: said.detail.slice(0, 500) }) };
    } catch (error) {
      return { id, state: 'failed', detail: (error instanceof Error ? error.message : String(error)).slice(0, 500) };
    } finally {
      clearTimeout(timer);
      running.delete(controller);
    }
  };

  const take = (heard: Command): Promise<Outcome> => {
    const why = refusal(heard);
    return why === undefined ? carryOut(heard) : Promise.resolve({ id: heard.id, state: 'refused', detail: why });
  };

  return {
    /** Hears one message of the command topic. Never throws; resolves when the outcome has been handed to `answer`. */
    async hear(payload: Uint8Array): Promise<void> {
      const heard = decode(command, payload);
      if (!heard.ok) return warn(`A command was ignored, because it is no valid command: ${heard.reason}`);
      const { id } = heard.value;
      let outcome = outcomes.get(id);
      if (!outcome) {
        outcome = take(heard.value);
        outcomes.set(id, outcome);
        if (outcomes.size > remembered) outcomes.delete(outcomes.keys().next().value as string);
      }
      answer(await outcome);
    },
    /** Aborts what is running; each then answers `failed`. */
    stop(): void {
      for (const controller of running) controller.abort(new Error('the device is stopping'));
    },
  };
}
