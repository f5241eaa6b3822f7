import { defineConfig } from 'vite';

/** One plain script without dependencies, as npm runs it on any Node from 20 on. */
export default defineConfig({
  ssr: { noExternal: true },
  build: { ssr: 'src/create.ts', target: 'node20', minify: false, rolldownOptions: { output: { banner: '#!/usr/bin/env node' } } },
});
