/** Ends in a worker thread, and prints what was asked of its work and how the thread ended. */
import { writeSync } from 'node:fs';
import { isMainThread, Worker } from 'node:worker_threads';
import { onProcessEnd } from '../../../../src/internal/process-end/process-end.js';

if (isMainThread) {
  // A thread does not inherit what reads TypeScript.
  const [tsx, self] = [import.meta.resolve('tsx/esm/api'), import.meta.url];
  const start = `import('${tsx}').then(({ register }) => register() && import('${self}'))`;
  new Worker(start, { eval: true }).on('exit', (code) => console.log(`ended with ${code}`));
} else {
  onProcessEnd({
    persist: (isOver) => writeSync(1, isOver ? 'persist, over\n' : 'persist\n'),
    finish: async () => void writeSync(1, 'finish\n'),
  });
  writeSync(1, `${process.listenerCount('SIGTERM')} listeners to SIGTERM\n`);
  process.exit(4);
}
