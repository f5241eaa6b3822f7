import workletUrl from './microphone.worklet.ts?worker&url';

/** Why there is no microphone: the browser does not hand it to a page that came unencrypted; the person said no; there is none; another program has it. */
export type NoMicrophone = 'insecure' | 'refused' | 'no-microphone' | 'busy';
export type Microphone = { level(): number; close(): void };

/** Opens the microphone, 16 kHz mono in frames of 20 ms, cleaned of our own voice by the browser where it can. */
export async function openMicrophone(onFrame: (pcm: Int16Array) => void, onLost: () => void): Promise<Microphone | NoMicrophone> {
  // Only a secure context has it (W3C Media Capture §9.3): https, or this very machine.
  if (!navigator.mediaDevices?.getUserMedia || typeof AudioWorkletNode === 'undefined') return 'insecure';
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
    });
  } catch (error) {
    return whyNot((error as DOMException).name);
  }
  const context = new AudioContext();
  let level = 0;
  const close = () => {
    for (const track of stream.getTracks()) track.stop();
    void context.close().catch(() => {});
  };
  try {
    await context.audioWorklet.addModule(workletUrl);
    await context.resume();
  } catch {
    close();
    return 'busy';
  }
  const node = new AudioWorkletNode(context, 'microphone', { numberOfOutputs: 0 });
  node.port.onmessage = ({ data }: MessageEvent<{ pcm: Int16Array; level: number }>) => {
    level = data.level;
    onFrame(data.pcm);
  };
  context.createMediaStreamSource(stream).connect(node);
  // Unplugged, or taken back in the browser's settings.
  for (const track of stream.getTracks()) track.onended = onLost;
  return { level: () => level, close };
}

function whyNot(name: string): NoMicrophone {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'no-microphone';
  return 'busy';
}
