import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import presetMantine from 'postcss-preset-mantine';
import { defineConfig } from 'vite';
import { mockApi } from './dev/mock-plugin.ts';
import { instructionsPdf } from './instructions-pdf/plugin.ts';

/** One entry for each host that has pages; they share `dist/assets`. */
const ENTRIES = {
  portal: fileURLToPath(new URL('portal/index.html', import.meta.url)),
  console: fileURLToPath(new URL('console/index.html', import.meta.url)),
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // The server puts a fresh value in its place with every answer.
  html: { cspNonce: '__CSP_NONCE__' },
  plugins: [react(), mockApi(), instructionsPdf()],
  css: { postcss: { plugins: [presetMantine({ autoRem: false })] } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The content security policy knows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ENTRIES },
  },
});
