import type { ToEars } from './ears-messages.ts';

/** One second of sound, the most that is sent before the process says that it dealt with some. */
const second = 16_000;
const [mostSent, mostSentOrders] = [second, 25];
/** Beyond what is sent, so much waits: more than a model takes to load, and less than anybody would wait for. */
const [mostWaiting, mostWaitingOrders] = [8 * second, 500];

type Order = Exclude<ToEars, { do: 'open' | 'warm' }>;
const samplesOf = (order: Order) => (order.do === 'sound' ? order.sound.length : 0);

function joined(one: Int16Array, other: Int16Array): Int16Array {
  const both = new Int16Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** What waits to be sent to the ears' process for one microphone: in order, bounded, sound dropped from the oldest on. */
export function createOrders() {
  const waiting: Order[] = [];
  let held = 0;
  let [sent, sentOrders] = [0, 0];
  return {
    /** Takes an order; false when older sound had to be dropped for it. */
    add(order: Order): boolean {
      const latest = waiting.at(-1);
      // Many small pieces become one: each message costs more than its sound.
      if (order.do === 'sound' && latest?.do === 'sound' && latest.sound.length + order.sound.length <= second / 10)
        waiting[waiting.length - 1] = { ...latest, sound: joined(latest.sound, order.sound) };
      else waiting.push(order);
      held += samplesOf(order);
      let whole = true;
      while (held > mostWaiting || waiting.length > mostWaitingOrders) {
        const [gone] = waiting.splice(
          Math.max(
            0,
            waiting.findIndex(({ do: what }) => what === 'sound'),
          ),
          1,
        );
        held -= samplesOf(gone!);
        whole = false;
      }
      return whole;
    },
    /** What may be sent now. */
    next(): Order[] {
      const ready: Order[] = [];
      while (waiting[0] && sent + samplesOf(waiting[0]) <= mostSent + second / 10 && sentOrders < mostSentOrders) {
        const order = waiting.shift()!;
        held -= samplesOf(order);
        if (order.do === 'sound') [sent, sentOrders] = [sent + order.sound.length, sentOrders + 1];
        ready.push(order);
      }
      return ready;
    },
    taken(samples: number): void {
      [sent, sentOrders] = [sent - samples, sentOrders - 1];
    },
    /** Is anything with the process that it has not dealt with? */
    get ahead() {
      return sentOrders > 0;
    },
    /** Samples that were not dealt with yet. */
    get behind() {
      return sent + held;
    },
    /** The process is gone, and what was with it. */
    lost(): void {
      [sent, sentOrders] = [0, 0];
    },
  };
}
