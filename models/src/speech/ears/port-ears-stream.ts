import type { EarsRequest, EarsStream, Heard } from '../ears.ts';
import type { ToEars } from './ears-messages.ts';
import { createOrders } from './port-ears-queue.ts';

/** The runtime's end of one microphone. The stream lives as long as its caller wants, whatever becomes of the process. */
export type OpenStream = EarsStream & {
  heard(heard: Heard): void;
  taken(samples: number): void;
  /** Everything the process must know of this stream, in a process that is new. */
  reopen(): void;
  /** The process died: what was being said is lost, and said to be. */
  lost(why: string): void;
  readonly ahead: boolean;
  /** Samples that were not dealt with yet. */
  readonly behind: number;
};

const longestPiece = 16_000;

type Wiring = { id: number; request: EarsRequest; send: (order: ToEars) => boolean; onWrite: () => void; onClose: () => void };

/** `send` gives false while there is no process that could take an order; then it waits here. */
export function createEarsStream({ id, request, send, onWrite, onClose }: Wiring): OpenStream {
  const orders = createOrders();
  let { mode, bias } = request;
  let voices = false;
  let closed = false;
  let opened = false;
  let sentSamples = 0;
  /** An utterance has begun, the wake word was said or the button let go, and nothing came of it yet. */
  let begun = false;
  let flooded = false;

  function flush(): void {
    if (!opened) return;
    for (const order of orders.next()) {
      if (order.do === 'sound') sentSamples += order.sound.length;
      send(order);
    }
  }
  function add(order: Parameters<typeof orders.add>[0]): void {
    if (closed) return;
    if (orders.add(order)) {
      if (!orders.ahead) flooded = false;
    } else if (!flooded) {
      flooded = true;
      request.heard({ kind: 'failed', why: 'more sound came than can be listened to; the oldest was dropped', kept: true });
    }
    onWrite();
    flush();
  }
  return {
    write: (sound) => {
      for (let at = 0; at < sound.length; at += longestPiece) add({ do: 'sound', stream: id, sound: sound.slice(at, at + longestPiece) });
    },
    finish: () => {
      // Whoever let the button go waits for word, also from a process that dies with it.
      if (mode === 'held') begun = true;
      add({ do: 'finish', stream: id });
    },
    listen: (next, anew = false) => {
      mode = next;
      add({ do: 'listen', stream: id, mode: next, anew });
    },
    favour: (next) => {
      bias = next;
      add({ do: 'favour', stream: id, bias: next });
    },
    tellVoices: (on) => {
      if (on === voices) return;
      voices = on;
      add({ do: 'tell-voices', stream: id, on });
    },
    ownVoice: (speaking, saying, asks) => add({ do: 'own-voice', stream: id, speaking, saying, asks }),
    close: () => {
      if (closed) return;
      closed = true;
      if (opened) send({ do: 'close', stream: id });
      onClose();
    },
    heard(heard) {
      if (closed) return;
      if (heard.kind === 'woke' || heard.kind === 'speech-started') begun = true;
      if (heard.kind === 'final' || heard.kind === 'nothing-said' || heard.kind === 'failed') begun = false;
      request.heard(heard);
    },
    taken(samples) {
      orders.taken(samples);
      if (!orders.ahead) flooded = false;
      flush();
    },
    reopen() {
      opened = send({ do: 'open', stream: id, locale: request.locale, mode, bias, voices, fromMs: Math.round(sentSamples / 16) });
      flush();
    },
    lost(why) {
      opened = false;
      orders.lost();
      if (!begun || closed) return;
      begun = false;
      request.heard({ kind: 'failed', why });
    },
    get ahead() {
      return orders.ahead;
    },
    get behind() {
      return orders.behind;
    },
  };
}
