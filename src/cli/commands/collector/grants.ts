import { readServiceSettings } from '../../../settings/index.js';
import type { ServiceCommandDefinition } from '../../command.js';
import { EXIT, UsageError } from '../../exit-status.js';
import { withServer } from '../../with-server.js';

/** What a role of PostgreSQL needs to be the collector's, and nothing more. */
export const collectorGrants: ServiceCommandDefinition = {
  name: 'collector grants',
  needsApp: false,
  summary: 'print the SQL by which a PostgreSQL role may be the collector’s, and no more',
  details:
    'Print the statements that give a role of PostgreSQL what the collector needs: to read the columns that reports come from, and to write ' +
    'down what it sent. It can then change nothing of the product. The role has to exist, and the tables too; run them as their owner, such as ' +
    'with psql. With COLLECTOR_DATABASE_URL, what is for the database of the product alone. Connects to nothing.',
  options: [{ flags: '--role <name>', description: 'the role' }],
  run(context, { role }) {
    if (role === undefined || role === '')
      throw new UsageError('Say which role is meant: `sotto collector grants --role <name>`.');
    return withServer(context, ({ grantStatements }) => {
      const { out, io } = context;
      const { collectorDatabaseUrl } = readServiceSettings(io.environment);
      const areas = collectorDatabaseUrl === undefined ? undefined : (['product'] as const);
      for (const statement of grantStatements(role, areas)) out.raw(`${statement};\n`);
      return EXIT.done;
    });
  },
};
