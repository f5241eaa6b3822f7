import type { Log } from '../../log.ts';

/**
 * Told of what is passed over of a foreign message, and why, for who looks for a device that does not come in. Where only some messages of a topic
 * are, `why` says it in the same words each time, or each would be told anew.
 */
export type Tell = (topic: string, why: string) => void;

/** So many reasons each reader of foreign words may tell, so that one cannot keep the others from being heard. */
const mostTold = 300;

/** Tells the log, once for each topic and reason: a device says the same again and again. */
export function tellPassedOver(log: Pick<Log, 'info'>, adapter: string): Tell {
  const told = new Set<string>();
  return (topic, why) => {
    const key = `${topic} ${why}`;
    if (told.size > mostTold || told.has(key)) return;
    told.add(key);
    if (told.size > mostTold) log.info({ adapter }, 'more is passed over than is told of');
    else log.info({ adapter, topic: topic.slice(0, 120) }, `passed over: ${why}`);
  };
}

/** Says it to nobody. */
export const untold: Tell = () => {};
