import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Every browser that runs this panel reads WOFF2; the WOFF twins would double the font files we ship. */
const woff2Only: Plugin = {
  name: 'woff2-only',
  enforce: 'pre',
  transform(css, id) {
    if (/@fontsource\/.*\.css$/.test(id)) return css.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, '');
  },
};

/** `WAYSIDE_EDGE` is the edge that `vite` (the development server) talks to. */
export default defineConfig({
  base: './',
  plugins: [woff2Only, react()],
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
