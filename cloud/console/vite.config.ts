import react from '@vitejs/plugin-react';
import { woff2Only } from '@wayside/web/woff2-only';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  publicDir: '../../web/public',
  plugins: [react(), woff2Only],
  // A font file inlined as base64 would be loaded whether its characters are on screen or not.
  build: {
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    // The technicians' console, and the page for the person at the machine, which needs little of it.
    rolldownOptions: { input: ['index.html', 'customer.html'] },
  },
  server: { proxy: { '/v1': process.env.WAYSIDE_HUB_URL ?? 'http://localhost:8090' } },
});
