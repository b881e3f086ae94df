/** Starts two workers of a cluster, one that exits and one that is told to end, and prints how each of them ended. */
import cluster from 'node:cluster';
import { writeSync } from 'node:fs';
import { onProcessEnd } from '../../../../src/internal/process-end/process-end.js';

const fork = (end: string) =>
  new Promise<void>((resolve) => {
    const worker = cluster.fork({ END: end });
    worker.on('message', () => worker.process.kill('SIGTERM'));
    worker.on('exit', (code, signal) => {
      console.log(`ended with ${code ?? signal}`);
      resolve();
    });
  });

if (cluster.isPrimary) {
  await fork('exits');
  await fork('stays');
} else {
  onProcessEnd({
    persist: (isOver) => writeSync(1, isOver ? 'persist, over\n' : 'persist\n'),
    finish: async () => void writeSync(1, 'finish\n'),
  });
  if (process.env.END === 'exits') process.exit(3);
  process.send?.('ready');
}
