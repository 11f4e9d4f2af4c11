import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    target: 'es2022',
    // The notices of the bundled libraries travel with the files we serve.
    license: { fileName: 'assets/licenses.md' },
    // Monaco is one big chunk that loads after the sign-in bar.
    chunkSizeWarningLimit: 4096,
    // "use no memo" speaks to React's compiler, which is not at work here.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
});
