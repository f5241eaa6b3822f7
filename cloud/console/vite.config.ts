import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { woff2Only } from '@wayside/web/woff2-only';
import { defineConfig, type Plugin } from 'vite';

/** What tells technicians of urgent cases while no page is open: a browser asks for it by name, so it stands beside the pages as it is. */
const pushWorker: Plugin = {
  name: 'push-worker',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'push.js', source: readFileSync(new URL('src/account/push.js', import.meta.url)) });
  },
};

export default defineConfig({
  base: './',
  publicDir: '../../web/public',
  plugins: [react(), woff2Only, pushWorker],
  // A font file inlined as base64 would be loaded whether its characters are on screen or not.
  build: {
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    // The technicians' console, and the page for the person at the machine, which needs little of it.
    rolldownOptions: { input: ['index.html', 'customer.html'] },
  },
  server: { proxy: { '/v1': process.env.WAYSIDE_HUB_URL ?? 'http://localhost:8090' } },
});
