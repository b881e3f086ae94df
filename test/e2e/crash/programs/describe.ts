/** Runs the module of an app, and prints what would be recorded of the error it throws. Arguments: the app's folder, its module. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeError, readFrameSources } from '../../../../src/crash/index.js';

const [folder = '', module = ''] = process.argv.slice(2);
try {
  await import(pathToFileURL(join(folder, module)).href);
} catch (error) {
  process.stdout.write(JSON.stringify(describeError(error, readFrameSources('acme', folder))));
}
