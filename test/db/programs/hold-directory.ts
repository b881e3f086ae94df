import { createInterface } from 'node:readline';
import { lockDirectory } from '../../../src/server/db/directory-lock.js';

/*
 * For each line of input one of output: `lock` takes the directory that is named by the first argument, `release` gives it back.
 * Says `ready` when it can.
 */
const [, , directory = ''] = process.argv;
let release = () => {};

function obey(order: string): string {
  if (order === 'release') {
    release();
    return 'released';
  }
  try {
    release = lockDirectory(directory);
    return 'locked';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

createInterface({ input: process.stdin }).on('line', (order) => console.log(obey(order)));
console.log('ready');
