import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createTelemetry,
  defineEvent,
  ErrorOccurred,
  MetricReport,
  MetricType,
  oneOf,
  plain,
  StandardEvents,
  type Telemetry,
  withVocabulary,
} from 'sotto';
import { describe, expect, it, vi } from 'vitest';
import { openWiring } from '../../support/wiring.js';

const fail = (): never => {
  throw new Error('of the host');
};
const HOSTILE_PROXY = new Proxy({}, { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail });
const circular = new Error('circular');
circular.cause = circular;

describe('an event of the standard ones', () => {
  it.each([
    [StandardEvents.FEATURE_USED, 'feature.used', { feature_name: 'list_contacts', channel: 'whatsapp' }],
    [StandardEvents.API_REQUEST, 'api.request', { endpoint: '/contacts/:id', method: 'GET', status: 200 }],
    [StandardEvents.COMMAND_EXECUTED, 'cli.command', { command: 'instance', subcommand: 'create' }],
    [StandardEvents.SERVICE_HEALTH, 'health', { service: 'database', status: 'healthy' }],
  ] as const)('arrives under the name of the app: %o', async (schema, name, attributes) => {
    await using wiring = await openWiring({ app: 'acme-tracking' });
    wiring.telemetry.trackEvent(schema as new () => object, attributes);
    await wiring.telemetry.flush();
    expect(wiring.server.messages).toMatchObject([
      { event: `acme_tracking.${name}`, properties: attributes },
    ]);
  });

  it('says nothing that its class does not declare', async () => {
    await using wiring = await openWiring();
    const attributes = { feature_name: 'list', recipient: '+4915123456789' };
    wiring.telemetry.trackEvent(StandardEvents.FEATURE_USED, attributes);
    await wiring.telemetry.flush();
    expect(Object.keys(wiring.server.messages[0]?.properties ?? {})).toContain('feature_name');
    expect(wiring.server.everything).not.toContain('recipient');
    expect(wiring.telemetry.status().dropped).toEqual({ field_undeclared: 1 });
  });

  it('has the words that the maker closed it to, also where Sotto makes it', async () => {
    const AcmeCommand = withVocabulary(StandardEvents.COMMAND_EXECUTED, { command: ['build', 'serve'] });
    await using wiring = await openWiring({ events: [AcmeCommand] });
    wiring.telemetry.track.command('build', () => {});
    wiring.telemetry.track.command('ada', () => {});
    wiring.telemetry.trackEvent(StandardEvents.FEATURE_USED, { feature_name: 'unlisted' });
    await wiring.telemetry.flush();
    expect(wiring.server.messages.map(({ properties }) => properties.command)).toEqual(['build', 'other']);
    expect(wiring.telemetry.status().dropped).toEqual({ not_in_catalogue: 1 });
  });
});

describe('a vocabulary', () => {
  it('holds for what Sotto records in the maker’s name, also without a list of events', async () => {
    // A name that no other test narrows.
    const Health = withVocabulary(StandardEvents.SERVICE_HEALTH, { service: ['database'] });
    await using wiring = await openWiring();
    await wiring.telemetry.track.health('ada-lovelace-db', 'healthy');
    wiring.telemetry.trackEvent(Health, { service: 'database', status: 'healthy' });
    await wiring.telemetry.flush();
    expect(wiring.server.messages.map(({ properties }) => properties.service)).toEqual(['other', 'database']);
  });
});

describe('an event under a name', () => {
  it('cannot be an error or a metric, which need another consent or have a name of their own', async () => {
    await using wiring = await openWiring({ errorReporting: false });
    const error = Object.assign(new ErrorOccurred(), { error_message: 'not found', stack_trace: [] });
    wiring.telemetry.capture('failed', error);
    wiring.telemetry.captureWithSerialization('failed', error);
    wiring.telemetry.capture('nested', { error, list: [error] });
    wiring.telemetry.startSession(error);
    wiring.telemetry.capture('afterwards');
    wiring.telemetry.capture('measured', new MetricReport());
    await wiring.telemetry.flush();
    expect(wiring.server.everything).not.toContain('error_message');
    expect(wiring.server.messages.map(({ event }) => event)).toEqual(['nested', 'afterwards']);
  });

  it('passes the rule for untyped payloads, and its name is remarked on where it is unusual', async () => {
    await using wiring = await openWiring();
    wiring.telemetry.trackEvent('acme.contacts.listed', { count: 3, note: 'dear diary' });
    wiring.telemetry.trackEvent('Contacts listed');
    wiring.telemetry.trackEvent('contacts');
    await wiring.telemetry.flush();
    expect(wiring.server.messages).toMatchObject([
      { event: 'acme.contacts.listed', properties: { count: 3, note: 10 } },
      { event: 'contacts' },
    ]);
    expect(wiring.telemetry.status().warnings).toMatchObject([
      { code: 'EVENT_NAME_UNCONVENTIONAL', source: 'contacts' },
    ]);
  });
});

describe('an error', () => {
  it('arrives as class, category, code, template, frames and fingerprint', async () => {
    await using wiring = await openWiring({ app: 'acme-errors' });
    const cause = Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:80'), { code: 'ECONNREFUSED' });
    const error = new TypeError("cannot read '/home/ada/plans.md'", { cause });
    wiring.telemetry.trackError(error, { error_code: 'OMNI-1001', operation: 'message_send', to: 'Ada' });
    await wiring.telemetry.flush();
    expect(wiring.server.messages).toMatchObject([
      {
        event: 'acme_errors.error',
        properties: {
          $signal: 'error',
          error_type: 'TypeError',
          error_message: 'cannot read <PATH>',
          error_category: 'network',
          error_code: 'OMNI-1001',
          error_fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
          stack_trace: expect.arrayContaining([expect.any(String)]),
          cause_types: ['Error'],
          operation: 'message_send',
          context: { to: 'Ada' },
        },
      },
    ]);
  });

  it('is recorded once, however often it is wrapped and reported', async () => {
    await using wiring = await openWiring();
    const inner = new Error('inner');
    const outer = new Error('outer', { cause: inner });
    for (const error of [inner, outer, inner, new Error('outermost', { cause: outer })])
      wiring.telemetry.trackError(error);
    wiring.telemetry.trackError(new Error('inner'));
    await wiring.telemetry.flush();
    expect(wiring.server.messages).toHaveLength(2);
    expect(wiring.telemetry.status().dropped).toEqual({});
  });

  it('is another one, although the same third error led to it', async () => {
    await using wiring = await openWiring();
    const cause = new Error('the connection was lost');
    for (const message of ['first', 'second']) wiring.telemetry.trackError(new Error(message, { cause }));
    wiring.telemetry.trackError(new Error('third', { cause: { status: 500 } }));
    wiring.telemetry.trackError(cause);
    await wiring.telemetry.flush();
    expect(wiring.server.messages).toHaveLength(3);
  });

  it.each([null, undefined, 'loading', 3])('is not lost to a context that is none: %s', async (context) => {
    await using wiring = await openWiring();
    wiring.telemetry.trackError(new Error('failed'), context as never);
    await wiring.telemetry.flush();
    expect(wiring.server.messages).toHaveLength(1);
  });

  it('can be passed on to a call that was taken off its client', async () => {
    await using wiring = await openWiring();
    const { trackError, capture } = wiring.telemetry;
    await Promise.reject(new Error('failed')).catch(trackError);
    capture('thing_done');
    await wiring.telemetry.flush();
    expect(wiring.server.messages).toHaveLength(2);
  });

  it.each([
    ['a string', () => 'text'],
    ['null', () => null],
    ['nothing', () => undefined],
    ['a number', () => 3],
    ['an object', () => ({ message: 3 })],
    ['an error without message', () => Object.assign(new Error('x'), { message: undefined })],
    [
      'an error with getters that throw',
      () => Object.defineProperty(new Error('x'), 'message', { get: fail }),
    ],
    ['a proxy that throws at everything', () => HOSTILE_PROXY],
    ['many errors', () => new AggregateError([new Error('a'), 'b'], 'all')],
    ['one that is its own cause', () => circular],
  ])('may be anything: %s', async (_, make) => {
    const thrown: unknown = make();
    await using wiring = await openWiring({ crashReporting: true });
    const off = createTelemetry({ app: 'acme-off-throwables', enabled: false });
    for (const telemetry of [wiring.telemetry as Telemetry, off]) {
      telemetry.trackError(thrown);
      telemetry.trackError(thrown, HOSTILE_PROXY);
      telemetry.captureCrash(thrown);
    }
    await wiring.telemetry.flush();
    const names = wiring.server.messages.map(({ event }) => event.replace(/^.*\./, ''));
    expect(names).toEqual(expect.arrayContaining(['error', 'crash']));
    await off.shutdown();
  });
});

describe('the parts of consent', () => {
  const recordAll = (telemetry: Telemetry) => {
    telemetry.trackEvent('acme.thing.done');
    telemetry.trackMetric('queue.length', 1);
    telemetry.track.command('build', () => {});
    telemetry.installation.step('download', 'completed');
    telemetry.trackError(new Error('handled'));
    telemetry.captureCrash(new Error('fatal'));
  };
  const OF_USE = ['done', 'command', 'metric', 'installation_step'];

  it.each([
    [{}, [...OF_USE, 'error']],
    [{ errorReporting: false }, OF_USE],
    [{ usageAnalytics: false }, ['error']],
    [{ crashReporting: true }, [...OF_USE, 'error', 'crash']],
    [{ crashReporting: true, usageAnalytics: false, errorReporting: false }, ['crash']],
  ])('decide what is recorded: %o', async (switches, expected) => {
    await using wiring = await openWiring({ ...switches });
    recordAll(wiring.telemetry);
    await wiring.telemetry.flush();
    const names = wiring.server.messages.map(({ event }) => event.replace(/^.*\./, ''));
    expect(names.sort()).toEqual([...expected].sort());
    expect(existsSync(join(wiring.directory, 'crashes'))).toBe(expected.includes('crash'));
  });

  it('leave nothing on disk while telemetry is off', async () => {
    await using wiring = await openWiring({ enabled: false });
    const listeners = process.eventNames().map((name) => process.listenerCount(name));
    recordAll(wiring.telemetry);
    wiring.telemetry.installation.start();
    await wiring.telemetry.flush();
    expect(existsSync(wiring.directory)).toBe(false);
    expect(wiring.server.requests).toEqual([]);
    expect(process.eventNames().map((name) => process.listenerCount(name))).toEqual(listeners);
  });
});

describe('a preview', () => {
  it('shows nothing of an error while errors are not recorded', async () => {
    await using wiring = await openWiring({ errorReporting: false });
    expect(wiring.telemetry.preview(new ErrorOccurred())).toBeUndefined();
    expect(wiring.telemetry.preview('acme.thing.done')).toBeDefined();
  });
});

describe('a crash', () => {
  it('stands in a file of its own, as it leaves', async () => {
    await using wiring = await openWiring({ crashReporting: true });
    wiring.telemetry.captureCrash(new RangeError('no place for /home/ada/plans.md'), { tries: 2 });
    const folder = join(wiring.directory, 'crashes');
    const [name = ''] = readdirSync(folder);
    const report = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    await wiring.telemetry.flush();
    expect(wiring.server.messages).toEqual([report]);
    expect(report.properties).toMatchObject({ $signal: 'crash', origin: 'captured', context: { tries: 2 } });
  });
});

describe('metrics', () => {
  it('are one event for each series of a session, with quantiles', async () => {
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    for (let ms = 1; ms <= 100; ms += 1)
      telemetry.trackMetric(StandardEvents.OPERATION_LATENCY, { operation_type: 'api', duration_ms: ms });
    telemetry.trackMetric('queue.length', 3);
    telemetry.trackMetric('queue.length', 7);
    telemetry.trackMetric('mails.sent', 2, MetricType.COUNTER);
    telemetry.trackMetric('mails.sent', 3, MetricType.COUNTER);
    expect(telemetry.status().recorded).toBe(0);
    await telemetry.endSession();
    const [latency, queue, mails, ...rest] = server.messages.map(({ properties }) => properties);
    expect(rest).toEqual([]);
    expect(latency).toMatchObject({
      operation_type: 'api',
      type: 'histogram',
      count: 100,
      sum: 5050,
      max: 100,
    });
    expect(Number(latency?.p50)).toBeGreaterThan(47);
    expect(Number(latency?.p50)).toBeLessThan(54);
    expect(Number(latency?.p99)).toBeGreaterThan(94);
    expect(queue).toMatchObject({ metric: 'queue.length', type: 'gauge', value: 7, count: 2, min: 3 });
    expect(mails).toMatchObject({ metric: 'mails.sent', type: 'counter', value: 5 });
  });

  it('are reported when a session of its own is over', async () => {
    await using wiring = await openWiring();
    const { telemetry } = wiring;
    await telemetry.withSession({}, async () => telemetry.trackMetric('depth', 1));
    expect(telemetry.status().recorded).toBe(1);
    telemetry.withSession({}, () => telemetry.trackMetric('depth', 1));
    expect(telemetry.status().recorded).toBe(2);
  });

  it('belong to the session in which they were measured', async () => {
    await using wiring = await openWiring();
    const { telemetry, server } = wiring;
    const ids = [1, 2].map((value) =>
      telemetry.withSession({}, () => {
        telemetry.trackMetric('depth', value);
        return telemetry.sessionId;
      }),
    );
    await telemetry.flush();
    expect(server.messages.map(({ distinct_id, properties }) => [distinct_id, properties.value])).toEqual([
      [ids[0], 1],
      [ids[1], 2],
    ]);
  });

  it('are reported after an interval, without a timer that keeps the process alive', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await using wiring = await openWiring({ delivery: { batchIntervalMs: 60_000 } });
      wiring.telemetry.trackMetric('depth', 1);
      vi.advanceTimersByTime(60_000);
      expect(wiring.telemetry.status().recorded).toBe(1);
      vi.advanceTimersByTime(600_000);
      expect(wiring.telemetry.status().recorded).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('are reported at a shutdown', async () => {
    await using wiring = await openWiring();
    wiring.telemetry.trackMetric('depth', 1);
    await wiring.telemetry.shutdown();
    expect(wiring.server.messages).toMatchObject([{ properties: { metric: 'depth', value: 1 } }]);
  });

  it('are forgotten, and counted, when the person says no', async () => {
    await using wiring = await openWiring();
    wiring.telemetry.trackMetric('depth', 1);
    wiring.telemetry.trackMetric('width', 1);
    await wiring.telemetry.disable();
    await wiring.telemetry.flush();
    expect(wiring.server.requests).toEqual([]);
    expect(wiring.telemetry.status().dropped).toEqual({ consent_off: 2 });
  });

  it('need to be listed where the maker lists what is recorded', async () => {
    const Other = defineEvent('other', { kind: plain(oneOf('a')) });
    for (const [events, count] of [
      [[Other], 0],
      [[MetricReport], 1],
    ] as const) {
      await using wiring = await openWiring({ events });
      wiring.telemetry.trackMetric('depth', 1);
      await wiring.telemetry.flush();
      expect(wiring.server.messages).toHaveLength(count);
    }
  });

  it.each([
    ['NaN', () => Number.NaN],
    ['infinity', () => Number.POSITIVE_INFINITY],
    ['a text', () => 'many'],
    ['null', () => null],
    ['an empty object', () => ({})],
    ['a duration that is none', () => ({ duration_ms: 'long' })],
    ['a proxy that throws at everything', () => HOSTILE_PROXY],
  ])('are numbers: %s is none', async (_, make) => {
    await using wiring = await openWiring();
    wiring.telemetry.trackMetric('depth', make() as number);
    await wiring.telemetry.flush();
    expect(wiring.server.requests).toEqual([]);
    expect(Object.values(wiring.telemetry.status().dropped)).toEqual([1]);
  });
});

describe('an installation', () => {
  it('is its start, its steps and its end', async () => {
    await using wiring = await openWiring();
    const { installation } = wiring.telemetry;
    installation.start({ no_models: true, target: '/home/ada' });
    installation.step('nodejs_check', 'started');
    installation.step('nodejs_check', 'completed');
    installation.step('web_gui', 'exploded', { tries: 2 });
    installation.complete({ success: true, summary: { models: 3 } });
    installation.complete({ success: false });
    await wiring.telemetry.flush();
    expect(wiring.server.messages.map(({ event, properties }) => [event, properties])).toMatchObject([
      ['installation_start', { installation_args: { no_models: true, target: '<sanitized>' } }],
      ['installation_step', { step_name: 'nodejs_check', status: 'started' }],
      ['installation_step', { step_name: 'nodejs_check', status: 'completed' }],
      ['installation_step', { step_name: 'web_gui', status: 'other', details: { tries: 2 } }],
      [
        'installation_complete',
        { success: true, status: 'completed', steps_completed: 1, summary: { models: 3 } },
      ],
    ]);
  });

  it('is cancelled where telemetry ends before it does', async () => {
    await using wiring = await openWiring();
    wiring.telemetry.installation.start();
    await wiring.telemetry.shutdown();
    expect(wiring.server.messages.at(-1)).toMatchObject({
      event: 'installation_complete',
      properties: { success: false, status: 'cancelled' },
    });
  });
});
