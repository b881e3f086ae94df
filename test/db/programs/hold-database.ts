import { openDatabase } from '../../../src/server/db/index.js';

/* Opens the database in the directory that is named by the first argument, says what came of it, and keeps it open. */
const [, , directory = ''] = process.argv;
try {
  const database = await openDatabase({ directory });
  await database.orgs.register('written-before-the-end');
  console.log('open');
  process.stdin.resume();
} catch (error) {
  console.log((error as { code?: string }).code ?? String(error));
}
