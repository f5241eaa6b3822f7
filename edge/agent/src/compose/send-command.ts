import { type Command, topicOf, type Value } from '@wayside/protocol';
import type { Commands } from '../commands/commands.ts';
import type { Adapter } from '../link/adapters/adapter.ts';
import type { Broker } from '../link/broker.ts';
import type { Registry } from '../link/registry.ts';
import type { SiteActions } from '../link/site-actions.ts';
import type { Written } from '../link/written.ts';

/** A command on its way to its device: in our words, or in those of a house we only translate for. */
export async function sendCommand(
  thing: string,
  command: Command,
  parts: {
    registry: Registry;
    adapter: Adapter;
    actions: SiteActions;
    commands: Commands;
    publish: Broker['publish'];
    write(thing: string, values: Record<string, Value>): Promise<Written>;
  },
): Promise<void> {
  const { registry, adapter, actions, commands, publish, write } = parts;
  if (!registry.get(thing)?.ownWords) return publish(topicOf(thing, 'command'), JSON.stringify(command), { once: true });
  const values = actions.settings(thing, command.name, command.args);
  const order = adapter.order?.(thing, command.name, command.args) ?? (values && adapter.set?.(thing, values));
  if (order) await publish(order.topic, order.payload, { once: true, retain: order.retain });
  // A broker has no word for "done": that it was told is all it says, and the read-back shows the rest.
  const written: Written = order ? { state: 'done' } : values ? await write(thing, values) : { state: 'failed' };
  commands.outcome(thing, { id: command.id, ...written });
}
