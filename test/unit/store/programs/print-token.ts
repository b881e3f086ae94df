import { openLocalApiToken } from '../../../../src/store/index.js';

// Says that it is ready, waits for a word, then prints the tokens of the directories it was given, one per line.
process.stdout.write('ready\n');
process.stdin.once('data', () => {
  for (const directory of process.argv.slice(2)) process.stdout.write(`${openLocalApiToken(directory)}\n`);
  process.stdin.destroy();
});
