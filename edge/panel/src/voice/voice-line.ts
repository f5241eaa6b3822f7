import type { VoiceAsk, VoiceEvent } from '../api/types.ts';

type VoiceLineParts = {
  socket: WebSocket;
  onEvent: (event: VoiceEvent) => void;
  onSound: (pcm: Int16Array) => void;
  onLost: () => void;
};

const openPatienceMs = 5_000;
/** So much sound may wait to be sent, bytes, 5 s of it: more than a weak network holds back, and less than the edge would take at once. */
const mostWaiting = 160_000;

/** The line of one conversation to the edge: sound and asks out, sound and events in. */
export function createVoiceLine({ socket, onEvent, onSound, onLost }: VoiceLineParts) {
  socket.binaryType = 'arraybuffer';
  const isOpen = () => socket.readyState === WebSocket.OPEN;
  /** Whether the edge is there and listens. */
  const ready = new Promise<boolean>((done) => {
    const late = setTimeout(() => socket.close(), openPatienceMs);
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data !== 'string') {
        onSound(new Int16Array(data));
        return;
      }
      const event = JSON.parse(data) as VoiceEvent;
      if (event.event === 'ready') {
        clearTimeout(late);
        done(true);
      }
      onEvent(event);
    };
    socket.onclose = () => {
      clearTimeout(late);
      done(false);
      onLost();
    };
  });
  return {
    ready,
    isOpen,
    ask(ask: VoiceAsk): void {
      if (isOpen()) socket.send(JSON.stringify(ask));
    },
    /** Sends sound; false when the edge takes no more: a line that stalls is as good as broken, and what waits in it fills the memory. */
    carry(pcm: Int16Array): boolean {
      if (!isOpen()) return true;
      if (socket.bufferedAmount > mostWaiting) return false;
      socket.send(pcm as Int16Array<ArrayBuffer>);
      return true;
    },
    close: () => socket.close(),
  };
}

export type VoiceLine = ReturnType<typeof createVoiceLine>;
