import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { schemasLater } from './schemas-later.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const outDir = here('dist');

/** What is begun as a program or a thread of its own. */
const programs = {
  wayside: here('src/start.ts'),
  worker: here('../sqlite/src/worker.ts'),
  'inspect-process': here('../sqlite/src/inspect-process.ts'),
  'prepare-process': here('../edge/agent/src/prepare/prepare-process.ts'),
  'llama-process': here('../models/src/language/llama-process.ts'),
  'embed-process': here('../models/src/embedding/embed-process.ts'),
  'ears-process': here('../models/src/speech/ears/ears-process.ts'),
  'native-process': here('../models/src/natives/native-process.ts'),
  'mouth-process': here('../models/src/speech/mouth/mouth-process.ts'),
};

/** A source finds what lies beside it by its own place; in the bundle that is told from the bundle's place, and a program is the built one. */
const places: Plugin = {
  name: 'wayside:places',
  enforce: 'pre',
  transform(code, id) {
    if (!code.includes('import.meta')) return;
    const place = `require('node:path').join(__dirname, ${JSON.stringify(relative(outDir, dirname(id)))})`;
    const url = (path: string) => `require('node:url').pathToFileURL(require('node:path').join(${path}))`;
    // No map: no line moves.
    const placed = code
      .replace(/new URL\('\.\/([\w-]+)\.ts', import\.meta\.url\)/g, (whole, name: string) =>
        name in programs ? url(`__dirname, '${name}.cjs'`) : whole,
      )
      .replaceAll('import.meta.dirname', place)
      .replaceAll('import.meta.url', `${url(`${place}, 'source'`)}.href`);
    return { code: placed, map: null };
  },
};

/** V8 keeps the text of every script, in two bytes a character when one of them is beyond ASCII: such characters are written as escapes. */
const oneByte: Plugin = {
  name: 'wayside:one-byte',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      if (/(?<!\\)(?:\\\\)*\\[^\0-\x7f]/.test(chunk.code)) throw new Error('a backslash before a character that is to become an escape');
      chunk.code = chunk.code.replace(/[^\0-\x7f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
    }
  },
};

/** Zod brings its messages in sixty languages; ours are worded here. */
const oneLocale: Plugin = {
  name: 'wayside:one-locale',
  transform: (_, id) =>
    /zod\/v4\/locales\/index\.js$/.test(id) ? { code: "export { default as en } from './en.js';", map: null } : undefined,
};

/** Zod notes in each of an edge's 3,400 schemas what it is, in a set of its own; those of one kind share it here. */
const oneSetOfTraits: Plugin = {
  name: 'wayside:one-set-of-traits',
  transform(code, id) {
    if (!/zod\/v4\/core\/core\.js$/.test(id)) return;
    const made = 'const deferred = inst._zod.deferred;';
    if (!code.includes(made)) throw new Error('Zod makes its schemas another way now');
    const shared = `_.traits ??= inst._zod.traits; if (_.traits.size === inst._zod.traits.size) inst._zod.traits = _.traits; ${made}`;
    return { code: code.replace(made, shared), map: null };
  },
};

/**
 * The library that counts can also send its figures elsewhere, which takes all of TLS with it, and note beside one which trace it belongs to, which takes
 * OpenTelemetry; ours are asked for, and we keep no traces.
 */
const onlyAsked: Plugin = {
  name: 'wayside:only-asked',
  transform(_, id) {
    if (/prom-client\/lib\/(pushgateway|cluster)\.js$/.test(id)) return { code: 'module.exports = class {};', map: null };
    return /@opentelemetry\/api\/build\/\w+\/index\.js$/.test(id) ? { code: 'export {};', map: null } : undefined;
  },
};

/**
 * The command line and all it starts, hub and edge among them, as plain scripts that run for months on a small device: no TypeScript
 * compiler in memory, no package that is not used. CommonJS, because Node's `import` of `node:http` loads all of `fetch` (13 MB).
 * Not minified: what a stack trace names can be read. Measured: docs/benchmarks/edge.md.
 */
export default defineConfig({
  plugins: [places, schemasLater, oneLocale, oneSetOfTraits, onlyAsked, oneByte],
  // Left as packages: two bring native code, and Node warns of what the third does when it lies outside `node_modules`.
  // The MQTT parser takes `bl` for a list of buffers, one for each connection, and gets a stream around it by default.
  resolve: { alias: { bl: 'bl/BufferList.js', 'readable-stream': 'node:stream', 'node:http2': here('src/no-http2.ts') } },
  ssr: { noExternal: true, external: ['node-llama-cpp', 'onnxruntime-node', 'mqtt'] },
  build: {
    ssr: true,
    target: 'node24',
    outDir,
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: programs,
      // Nothing of ours acts when it is imported, nor do Node's own modules: what is not used is left out.
      treeshake: {
        propertyReadSideEffects: false,
        manualPureFunctions: ['defineWebSocketHelper'],
        moduleSideEffects: [
          { test: /^node:/, sideEffects: false },
          { test: /^(?!.*node_modules).*\/src\//, sideEffects: false },
        ],
      },
      output: {
        format: 'cjs',
        comments: false,
        minify: { compress: false, mangle: { toplevel: false, keepNames: true }, codegen: { removeWhitespace: true } },
        entryFileNames: '[name].cjs',
        chunkFileNames: '[name]-[hash].cjs',
      },
    },
  },
});
