import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** One file for pages of other people's applications: no imports at run time, no name outside of it. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  publicDir: false,
  build: {
    outDir: '../dist/embed',
    emptyOutDir: true,
    target: 'es2022',
    lib: {
      entry: fileURLToPath(new URL('main.ts', import.meta.url)),
      formats: ['iife'],
      name: 'unused',
      fileName: () => 'menu.js',
    },
  },
});
