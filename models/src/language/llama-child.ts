import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromLlama, ToLlama } from './llama-messages.ts';

/** What a child that ended leaves behind. `why` is for the log, not for people. */
export type Ended = { why: string };

export type LlamaChild = {
  readonly pid: number | undefined;
  /** Settles once: the model is loaded, or the process ended first. */
  readonly loaded: Promise<'loaded' | Ended>;
  send(message: ToLlama): void;
  /** Ends the process at once; for one that no longer answers. */
  kill(): void;
  /** Lets the process end by itself; kills it when it has not within two seconds. */
  close(): Promise<void>;
};

export type LlamaChildOptions = {
  modelPath: string;
  threads: number;
  contextSize: number;
  onMessage: (message: FromLlama) => void;
  onEnd: (ended: Ended) => void;
};

const script = fileURLToPath(new URL('./llama-process.ts', import.meta.url));

/** Starts the process that holds the model. Exactly one `onEnd` follows, whatever happens to it. */
export function startLlamaChild(options: LlamaChildOptions): LlamaChild {
  // An edge without a model never starts one, and loading this costs it a megabyte.
  const { fork } = process.getBuiltinModule('node:child_process');
  const child: ChildProcess = fork(script, [options.modelPath, String(options.threads), String(options.contextSize)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'json',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  let over = false;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });

  const loading = Promise.withResolvers<'loaded' | Ended>();
  const ended = Promise.withResolvers<void>();
  const end = (why: string) => {
    if (over) return;
    over = true;
    loading.resolve({ why });
    ended.resolve();
    options.onEnd({ why });
  };
  child.on('message', (message: FromLlama) => {
    if (over) return;
    if (message.did === 'load') loading.resolve('loaded');
    if (message.did === 'fail') complaint += message.why;
    options.onMessage(message);
  });
  child.once('error', (error) => end(String(error)));
  child.once('exit', (code, signal) => end(`${signal ?? `exit code ${code}`} ${complaint}`.trim()));

  return {
    pid: child.pid,
    loaded: loading.promise,
    send: (message) => {
      // A dying child refuses the message; its exit, which follows, is the news that counts.
      if (child.connected) child.send(message, () => {});
    },
    kill: () => child.kill('SIGKILL'),
    close: async () => {
      if (over) return;
      if (child.connected) child.disconnect();
      const last = setTimeout(() => child.kill('SIGKILL'), 2000);
      await ended.promise;
      clearTimeout(last);
    },
  };
}
