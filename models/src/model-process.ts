import type { ChildProcess } from 'node:child_process';

/** What a process that ended leaves behind. `why` is for the log, not for people. */
export type Ended = { why: string };

/** What every such process says: that its model is loaded, or why it cannot be. The rest is its own. */
export type FromModel = { did: 'load'; ms: number } | { did: 'fail'; why: string };

export type ModelProcess<To> = {
  readonly pid: number | undefined;
  /** Settles once: the model is loaded, or the process ended first. */
  readonly loaded: Promise<'loaded' | Ended>;
  send(message: To): void;
  /** Ends the process at once; for one that no longer answers. */
  kill(): void;
  /** Lets the process end by itself; kills it when it has not within two seconds. */
  close(): Promise<void>;
};

export type ModelProcessOptions<From> = {
  script: string;
  args: readonly string[];
  onMessage: (message: From | FromModel) => void;
  onEnd: (ended: Ended) => void;
};

/** Starts a process that holds a model. Exactly one `onEnd` follows, whatever happens to it. Arrays of numbers pass as they are. */
export function startModelProcess<To extends object, From>({
  script,
  args,
  onMessage,
  onEnd,
}: ModelProcessOptions<From>): ModelProcess<To> {
  // An edge without a model never starts one, and loading this costs it a megabyte.
  const { fork } = process.getBuiltinModule('node:child_process');
  const child: ChildProcess = fork(script, args, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
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
    onEnd({ why });
  };
  child.on('message', (message: FromModel) => {
    if (over) return;
    if (message.did === 'load') loading.resolve('loaded');
    if (message.did === 'fail') complaint += message.why;
    onMessage(message);
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
