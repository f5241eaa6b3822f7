import react from '@vitejs/plugin-react';
import { woff2Only } from '@wayside/web/woff2-only';
import { defineConfig, type Plugin } from 'vite';

/** What the element shares with the panel is its own copy: a chunk of both would be a second file, which a page of another site may not fetch. */
const apart: Plugin = {
  name: 'apart',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    if (!importer?.includes('/src/embed/') || !source.startsWith('@wayside/web/')) return null;
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    return found && `${found.id}?apart`;
  },
};

/** `WAYSIDE_EDGE` is the edge that `vite` (the development server) talks to. */
export default defineConfig({
  base: './',
  publicDir: '../../web/public',
  plugins: [woff2Only, apart, react()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    reportCompressedSize: false,
    rolldownOptions: {
      // The second is one file at a fixed address, for pages of others; it shares nothing with the panel.
      input: { index: 'index.html', 'wayside-panel': 'src/embed/wayside-panel.ts' },
      output: { entryFileNames: ({ name }) => (name === 'wayside-panel' ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { proxy: { '/v1': { target: process.env.WAYSIDE_EDGE ?? 'http://127.0.0.1:8080', changeOrigin: true } } },
});
