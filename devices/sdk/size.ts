/** What the SDK weighs in a browser or a bundle: `npm run size -w devices/sdk`, with `--json` as one line. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));

/** The SDK as a browser gets it, in one script. @param external packages that are left out */
export async function bundle(external: (string | RegExp)[] = []): Promise<string> {
  const made = await build({
    root: here,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: true,
      lib: { entry: join(here, 'src/index.ts'), formats: ['es'] },
      rolldownOptions: { external, output: { codeSplitting: false } },
    },
  });
  const [output] = [made].flat() as Rolldown.RolldownOutput[];
  return output!.output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('');
}

const sizeOf = (code: string) => ({ bytes: Buffer.byteLength(code), gzip: gzipSync(code, { level: 9 }).length });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const all = sizeOf(await bundle());
  const ours = sizeOf(await bundle(['mqtt', /^zod/]));
  const withZod = sizeOf(await bundle(['mqtt']));
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ 'device-sdk': { ours: ours.gzip, withSchemas: withZod.gzip, withMqtt: all.gzip } }));
  else
    for (const [name, { bytes, gzip }] of Object.entries({ 'SDK and protocol': ours, 'with zod': withZod, 'with zod and MQTT.js': all }))
      console.log(
        `${name.padEnd(22)} ${(bytes / 1024).toFixed(0).padStart(4)} KiB, ${(gzip / 1024).toFixed(0).padStart(4)} KiB compressed`,
      );
}
