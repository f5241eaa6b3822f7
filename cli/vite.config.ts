import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const outDir = here('dist');

/** What is begun as a program or a thread of its own. */
const programs = {
  wayside: here('src/wayside.ts'),
  worker: here('../sqlite/src/worker.ts'),
  'llama-process': here('../models/src/language/llama-process.ts'),
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

/**
 * The command line and all it starts, hub and edge among them, as plain scripts that run for months on a small device: no TypeScript
 * compiler in memory, no package that is not used. CommonJS, because Node's `import` of `node:http` loads all of `fetch` (13 MB).
 * Not minified: what a stack trace names can be read. Measured: docs/benchmarks.md.
 */
export default defineConfig({
  plugins: [places],
  // Left as packages: one brings native code, and Node warns of what the other does when it lies outside `node_modules`.
  ssr: { noExternal: true, external: ['node-llama-cpp', 'mqtt'] },
  build: {
    ssr: true,
    target: 'node24',
    outDir,
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: programs,
      output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
    },
  },
});
