import { describe, expect, it } from 'vitest';
import { RecordingServer } from '../../support/recording-server.js';
import { type ExampleOptions, runExample, YES } from './examples.js';

const OFF =
  'Telemetry is off: nobody has agreed to it, and nobody can be asked here: standard input is no terminal.';
const ON = 'Telemetry is on: ACME_TELEMETRY_ENABLED says so.';

/** The examples whose behaviour {@link describeExamples} holds. */
export const DESCRIBED = [
  'ask-for-consent.ts',
  'define-an-event.ts',
  'errors-and-crashes.ts',
  'flag-with-default.ts',
  'local-api.ts',
  'organisation-switch.ts',
  'plain-javascript.mjs',
  'preview-before-sending.ts',
  'quickstart.ts',
  'receive-events.ts',
  'report-to-vendor.ts',
  'send-otlp.ts',
  'session.ts',
  'testing-your-app.ts',
  'track.ts',
];

/**
 * What the examples print and send, wherever `sotto` comes from.
 *
 * @param where - asked when a test runs
 */
export function describeExamples(where: () => ExampleOptions): void {
  const run = (name: string, options: Partial<ExampleOptions> = {}) =>
    runExample(name, { ...where(), ...options });

  describe('quickstart.ts', () => {
    it('previews the event and sends nothing before somebody has agreed', async () => {
      const { status, stdout, stderr, events, leftOver } = await run('quickstart.ts');
      expect({ status, stderr, events, leftOver }).toEqual({
        status: 0,
        stderr: '',
        events: [],
        leftOver: [],
      });
      expect(stdout).toContain("distinct_id: '<session-id>'");
      expect(stdout).toContain(`${OFF} Set ACME_TELEMETRY_ENABLED=true. Events recorded: 0.`);
    });

    it('sends the event with its fields reduced once the user has agreed', async () => {
      const { status, stdout, events } = await run('quickstart.ts', { env: YES });
      expect(status).toBe(0);
      expect(stdout).toContain(`${ON} Set DISABLE_TELEMETRY=1 to turn telemetry off. Events recorded: 1.`);
      expect(events.map(({ event }) => event)).toEqual(['report_made']);
      expect(events[0]?.properties).toMatchObject({ format: 'pdf', durationMs: 412, pages: 3, title: 22 });
      expect(JSON.stringify(events)).not.toMatch(/Ada|cover|appendix/);
    });
  });

  describe('ask-for-consent.ts', () => {
    it('does its work where nobody can be asked, and leaves nothing', async () => {
      const { status, stdout, stderr, events, leftOver } = await run('ask-for-consent.ts', {
        args: ['build', 'a.ts', 'b.ts'],
      });
      expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'acme build: 2 files.\n', stderr: '' });
      expect({ events, leftOver }).toEqual({ events: [], leftOver: [] });
    });

    it('sends once the user has agreed, and not in a run with --disable-telemetry', async () => {
      const agreed = await run('ask-for-consent.ts', { env: YES, args: ['build', 'a.ts'] });
      expect(agreed.events.map(({ event, properties }) => [event, properties.files])).toEqual([
        ['command_run', 1],
      ]);
      const refused = await run('ask-for-consent.ts', {
        env: YES,
        args: ['build', 'a.ts', '--disable-telemetry'],
      });
      expect(refused).toMatchObject({ status: 0, stdout: agreed.stdout, events: [], leftOver: [] });
    });

    it('offers its user the telemetry commands', async () => {
      const { status, stdout, leftOver } = await run('ask-for-consent.ts', { args: ['telemetry', 'why'] });
      expect({ status, leftOver }).toEqual({ status: 0, leftOver: [] });
      expect(stdout).toContain('nobody has agreed to it');
      expect(stdout).toContain('acme telemetry enable');
    });
  });

  describe('define-an-event.ts', () => {
    it('prints each field as its decision leaves it', async () => {
      const { status, stdout, stderr, events, leftOver } = await run('define-an-event.ts', { env: YES });
      expect({ status, stderr, events, leftOver }).toEqual({
        status: 0,
        stderr: '',
        events: [],
        leftOver: [],
      });
      expect(JSON.parse(stdout)).toEqual({
        intent: 'DEBUG',
        duration_ms: 12.5,
        query: 46,
        repository: 'blake3:<hash>',
        matches: [{ kind: 'definition' }],
        warnings: 0,
        languages: { typescript: 2, other: 1 },
        scores: 0.58,
        configPath: true,
      });
    });
  });

  describe('plain-javascript.mjs', () => {
    it('sends an event declared without decorators', async () => {
      const { status, stdout, events } = await run('plain-javascript.mjs', { env: YES });
      expect({ status, stdout }).toEqual({ status: 0, stdout: `${ON} Events recorded: 1.\n` });
      expect(events[0]?.properties).toMatchObject({
        command: 'other',
        succeeded: false,
        files: 2,
        message: 26,
      });
      expect(JSON.stringify(events)).not.toMatch(/\bada\b/);
    });
  });

  describe('preview-before-sending.ts', () => {
    it('shows placeholders before a yes, real values in a dry run, and sends neither', async () => {
      const { status, stdout, stderr, events, leftOver } = await run('preview-before-sending.ts');
      expect({ status, stderr, events, leftOver }).toEqual({
        status: 0,
        stderr: '',
        events: [],
        leftOver: [],
      });
      const [before, dryRun] = stdout.split('In a dry run:');
      expect(before).toContain("distinct_id: '<session-id>'");
      expect(before).toContain("source: 'blake3:<hash>'");
      expect(dryRun).toMatch(/distinct_id: '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'/);
      expect(dryRun).toMatch(/source: 'blake3:[0-9a-f]{32}'/);
      expect(stdout).not.toMatch(/\bada\b/);
    });
  });

  describe('flag-with-default.ts', () => {
    it('takes the default and asks nobody before somebody has agreed', async () => {
      const { status, stdout, events, leftOver } = await run('flag-with-default.ts');
      expect({ status, stdout, events, leftOver }).toEqual({
        status: 0,
        stdout: 'The layout is narrow.\n',
        events: [],
        leftOver: [],
      });
    });

    it('takes the variant of the server once the user has agreed, and records that it did', async () => {
      const { stdout, events } = await run('flag-with-default.ts', { env: YES });
      expect(stdout).toBe('The layout is wide.\n');
      expect(events.map(({ event }) => event)).toEqual(['$feature_flag_called']);
      expect(events[0]?.properties).toMatchObject({
        $feature_flag: 'new_layout',
        $feature_flag_response: 'wide',
      });
    });
  });

  describe('errors-and-crashes.ts', () => {
    const LAST_WORDS = "TypeError: Cannot read properties of undefined (reading 'ada')";

    it('shows what would be told, and ends as it would without telemetry', async () => {
      const { status, stdout, stderr, events, leftOver } = await run('errors-and-crashes.ts');
      expect({ status, events, leftOver }).toEqual({ status: 1, events: [], leftOver: [] });
      expect(stdout).toContain("message: 'ENOENT: no such file or directory, open <PATH>'");
      expect(stdout).toContain('Events recorded: 0.');
      expect(stderr).toContain(LAST_WORDS);
    });

    it('records the error once, and the crash where that was agreed to', async () => {
      const crashes = { ...YES, ACME__TELEMETRY__CRASH_REPORTING: 'true' };
      const { status, stderr, events, leftOver } = await run('errors-and-crashes.ts', { env: crashes });
      expect(status).toBe(1);
      expect(stderr).toContain(LAST_WORDS);
      // What waits at the end is handed over where the package is installed; from its sources, the next run sends it.
      const [error, ...others] = events.map(({ event }) => event);
      expect(error).toBe('acme.error');
      expect(others.filter((event) => event !== 'acme.crash')).toEqual([]);
      expect(JSON.stringify(events)).not.toMatch(/\bada\b|plans/i);
      expect(leftOver.filter((path) => path.includes('/crashes/crash_'))).toHaveLength(1);
    });
  });

  describe('track.ts', () => {
    it('adds up what it measures, and names what it was told to name', async () => {
      const { status, stdout, events } = await run('track.ts', { env: YES });
      expect({ status, stdout }).toEqual({ status: 0, stdout: '2 contacts\nEvents recorded: 7.\n' });
      expect(events.map(({ event, properties }) => [event, properties])).toMatchObject([
        ['acme.feature.used', { feature_name: 'list_contacts' }],
        ['acme.feature.used', { feature_name: 'other' }],
        ['acme.cli.command', { command: 'contacts', subcommand: 'list', succeeded: true }],
        ['acme.health', { service: 'database', status: 'healthy' }],
        ['acme.performance.latency', { operation_type: 'list_contacts', count: 100, max: 100 }],
        ['acme.metric', { metric: 'queue.length', value: 7 }],
        ['acme.performance.latency', { operation_type: 'contacts.load', count: 1 }],
      ]);
    });
  });

  describe('send-otlp.ts', () => {
    it('sends logs, spans and metrics to a collector', async () => {
      await using collector = await RecordingServer.start();
      const env = { ...YES, ACME_TELEMETRY_ENDPOINT: collector.url };
      const { status, stdout, events } = await run('send-otlp.ts', { env });
      expect({ status, stdout, events }).toEqual({ status: 0, stdout: 'Sent: 5, waiting: 0.\n', events: [] });
      const paths = collector.requests.map(({ url }) => url);
      expect(paths.sort()).toEqual(['/v1/logs', '/v1/metrics', '/v1/traces']);
    });
  });

  describe('organisation-switch.ts', () => {
    it('shows a no, a yes and a stop, and who said it', async () => {
      const { status, stdout, stderr, leftOver } = await run('organisation-switch.ts');
      expect({ status, stderr, leftOver }).toEqual({ status: 0, stderr: '', leftOver: [] });
      expect(stdout.trimEnd().split('\n')).toEqual([
        'Before an answer: { telemetry_enabled: true, updated_by: null }',
        "A no: { telemetry_enabled: false, updated_by: 'team_abc123' }",
        "A yes: { telemetry_enabled: true, updated_by: 'team_abc123' }",
        "Stopped: { telemetry_enabled: false, updated_by: 'team_abc123' }",
        'A yes meanwhile: TELEMETRY_STOPPED',
        "Newest first: [ 'operator: false', 'team_abc123: true', 'team_abc123: false' ]",
      ]);
    });
  });

  describe('report-to-vendor.ts', () => {
    it('shows a report in which nothing of a customer’s own stands, and what a stop does', async () => {
      const { status, stdout, stderr, leftOver } = await run('report-to-vendor.ts');
      expect({ status, stderr, leftOver }).toEqual({ status: 0, stderr: '', leftOver: [] });
      expect(stdout).toContain('total_runs: 12,');
      expect(stdout).toContain('runs_by_agent: { other: 6, planner: 6 }');
      expect(stdout).toMatch(/^Sent: accepted\nAfter a stop: nobody_counted\n$/m);
      expect(stdout).not.toMatch(/payroll|Sommer|extend/);
    });
  });

  describe('receive-events.ts', () => {
    it('reads back what it sent to the server it started', async () => {
      const { status, stdout, stderr } = await run('receive-events.ts');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toBe("[ 'job_finished after 10 ms' ]\nnew_layout is on: true\n");
    });
  });

  describe('local-api.ts', () => {
    it('counts once its user has agreed, and keeps nothing of what identifies', async () => {
      const { status, stdout, stderr, events, leftOver } = await run('local-api.ts');
      expect({ status, stderr, events, leftOver }).toEqual({
        status: 0,
        stderr: '',
        events: [],
        leftOver: [],
      });
      expect(stdout).toContain('before anybody agreed: {}\n');
      expect(stdout).toContain("{ mode: 'local', telemetry_active: true, dry_run: true }\n");
      expect(stdout).toContain('variants: { dark: 1 }');
      expect(stdout).toContain('payload: { scene: 2 }');
      expect(stdout).toMatch(/asset_id: 'blake3:[0-9a-f]{32}',\n\s+author: 19,\n\s+layers: 12/);
    });
  });

  describe('testing-your-app.ts', () => {
    it('passes, sends nothing and leaves nothing', async () => {
      const { status, stdout, events, leftOver } = await run('testing-your-app.ts', { env: YES });
      expect({ status, events, leftOver }).toEqual({ status: 0, events: [], leftOver: [] });
      expect(stdout).toContain('# pass 3\n# fail 0\n');
    });
  });

  describe('session.ts', () => {
    it('gives each of two concurrent sessions its own id and metadata', async () => {
      const { status, stdout, events } = await run('session.ts', { env: YES });
      expect({ status, stdout }).toEqual({ status: 0, stdout: 'Events sent: 4.\n' });
      const targets = new Map(events.map(({ distinct_id, properties }) => [distinct_id, properties.target]));
      expect([...targets.values()].sort()).toEqual(['cli', 'web']);
      expect(
        events.every(({ distinct_id, properties }) => targets.get(distinct_id) === properties.target),
      ).toBe(true);
      expect(JSON.stringify(events)).not.toMatch(/\bada\b/);
    });
  });
}
