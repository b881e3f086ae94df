import { createTelemetry } from 'sotto';
import { startLocalApiServer } from 'sotto/server';
import { openLocalApiToken } from '../../../../../src/store/index.js';

/*
 * An app with a local API, in a process of its own: arguments are its options and those of the API as JSON, and the
 * directory in which the token is made at once, unless it is empty. Prints the address of the API and the token.
 */
const [options = '{}', apiOptions = '{}', tokenDirectory = ''] = process.argv.slice(2);
const telemetry = createTelemetry({ app: 'acme', version: '1.4.0', ...JSON.parse(options) });
const server = await startLocalApiServer(telemetry, { port: 0, ...JSON.parse(apiOptions) });
const token = tokenDirectory === '' ? 'none' : openLocalApiToken(tokenDirectory);
process.stdout.write(`${server.url}/api/telemetry ${token}\n`);
process.on('message', () => {});
