import type { DtcState, description, Event, Value } from '@wayside/protocol';
import type { z } from 'zod';

/** A description as a maker writes it: what has a default may be left out. */
export type DescriptionInput = z.input<typeof description>;

type Typed = { readonly type: 'number' | 'boolean' | 'string'; readonly states?: readonly string[] | undefined };

/** The type a signal or an argument declares: a number, a truth, a text, or one of its states. */
export type ValueOf<T extends Typed> = T['type'] extends 'number'
  ? number
  : T['type'] extends 'boolean'
    ? boolean
    : T['states'] extends readonly (infer State extends string)[]
      ? State
      : string;

/** What may be published: the signals a description declares, each of its type; any where it declares none (its family's pack does). */
export type Readings<D> = D extends { readonly signals: infer S extends Readonly<Record<string, Typed>> }
  ? { [Name in keyof S]?: ValueOf<S[Name]> }
  : Record<string, Value>;

/** The arguments of an action, as its handler gets them. */
export type ArgsOf<A> = A extends { readonly args: infer Args extends Readonly<Record<string, Typed>> }
  ? { [Name in keyof Args]: ValueOf<Args[Name]> }
  : Record<string, never>;

export type Answer = { state: 'done' | 'refused' | 'failed'; detail?: string };

/** What a handler has beside its arguments. */
export type CommandContext<D> = {
  /** Aborted when the command expires or the device stops. */
  signal: AbortSignal;
  /** As `device.publish`: what the command changed is told at once. */
  publish: Publish<D>;
};

/**
 * Carries a command out. Returning nothing means done; throwing means failed, with the error's message as the detail.
 */
export type CommandHandler<Args, D> = (
  args: Args,
  context: CommandContext<D>,
  // biome-ignore lint/suspicious/noConfusingVoidType: a handler that returns nothing is the common one
) => Promise<Answer | void> | Answer | void;

/** A handler for each action that a description declares; any name where it declares none. */
export type CommandHandlers<D> = D extends { readonly actions: infer A extends Readonly<Record<string, unknown>> }
  ? { [Name in keyof A]?: CommandHandler<ArgsOf<A[Name]>, D> }
  : Record<string, CommandHandler<Record<string, Value>, D>>;

export type Publish<D> = (signals: Readings<D>, options?: { at?: number }) => void;

/** Asks the machine itself, in the moment a command's interlocks are checked. Undefined: it cannot tell, so the interlock does not hold. */
export type Sense<D> = { [Name in keyof Readings<D>]?: () => Readings<D>[Name] | undefined };

/** A message on its way to the edge. `spare` ones (telemetry) give way first when the buffer is full. */
export type Message = { topic: string; payload: string; spare: boolean };

/** Where messages wait for the edge over a restart of the program. May throw: the device says so once and goes on in memory. */
export type Store = {
  /** What waited when the program ended, oldest first. */
  load(): Message[];
  /** One more waits. */
  add(message: Message): void;
  /** These wait, and nothing else. */
  replace(messages: readonly Message[]): void;
};

export type DeviceOptions<D> = {
  /** The edge's broker: `mqtt://host:1883`, or `mqtts:`, `ws:`, `wss:`. */
  url: string;
  username?: string;
  password?: string;
  /** The thing's id, 1 to 64 of A-Z a-z 0-9 . _ - */
  id: string;
  description: D;
  commands?: CommandHandlers<D>;
  /** Signals that are asked for when an action's `interlocks` are checked; others are as last published, two seconds long. */
  sense?: Sense<D>;
  /** Told of events on this device's own event topic, whoever published them: a button beside it, a hand that mended it. */
  onEvent?: (event: Event) => void;
  /** Readings published within so many ms go in one message; 0, the default, sends each. A signal that is read twice begins a new one. */
  batch?: number;
  /**
   * What is kept while the edge is away: at most `limit` messages (1,000) and `size` bytes (8 MiB). The oldest telemetry is dropped first.
   * With a `store` (`fileStore` of `@wayside/device-sdk/file`) it outlives the program.
   */
  buffer?: { limit?: number; size?: number; store?: Store };
  /** Seconds between signs of life, 30; a line that is dead is noticed within one and a half of it. */
  keepalive?: number;
  /** Hears, in plain words, what went wrong and is dealt with: a lost connection, a message that is no command. */
  onWarning?: (message: string) => void;
  /** Epoch ms. */
  now?: () => number;
  /** Uniform in [0, 1); spreads reconnections. */
  random?: () => number;
};

export type DeviceState = {
  connected: boolean;
  /** Messages not yet acknowledged by the edge. */
  buffered: number;
  /** Messages lost because the buffer was full. */
  dropped: number;
  /** Messages acknowledged by the edge. */
  sent: number;
};

export type Device<D = DescriptionInput> = {
  /** Begins to connect and goes on trying until `stop`. Resolves when the first attempt has ended, well or not; see `state().connected`. */
  start(): Promise<void>;
  /** Aborts commands, sends what waits (at most two seconds), says `offline` and closes. */
  stop(): Promise<void>;
  /** Publishes readings. `at` is epoch ms, now when absent. @throws WaysideError `invalid` on NaN, Infinity or a bad name */
  publish: Publish<D>;
  /** Publishes one of the device's own trouble codes, with what it measured at that moment. @throws WaysideError `invalid` */
  dtc(code: string, state: DtcState, options?: { freezeFrame?: Readings<D>; at?: number }): void;
  /** Publishes a button, a gesture, a door. @throws WaysideError `invalid` */
  event(kind: string, name: string, options?: { at?: number }): void;
  state(): DeviceState;
};
