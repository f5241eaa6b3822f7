import { type Command, topicOf } from '@wayside/protocol';
import type { Commands } from '../commands/commands.ts';
import type { Adapter } from '../link/adapters/adapter.ts';
import type { Broker } from '../link/broker.ts';
import type { Registry } from '../link/registry.ts';

/** A command on its way to its device: in our words, or in those of a house we only translate for. */
export async function sendCommand(
  thing: string,
  command: Command,
  { registry, adapter, commands, publish }: { registry: Registry; adapter: Adapter; commands: Commands; publish: Broker['publish'] },
): Promise<void> {
  if (!registry.get(thing)?.ownWords) return publish(topicOf(thing, 'command'), JSON.stringify(command), { once: true });
  const order = adapter.order?.(thing, command.name, command.args);
  if (order) await publish(order.topic, order.payload, { once: true, retain: order.retain });
  // It has no word for "done": that it was told is all it says, and the read-back shows the rest.
  commands.outcome(thing, { id: command.id, state: order ? 'done' : 'failed' });
}
