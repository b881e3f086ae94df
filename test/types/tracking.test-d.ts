import {
  MetricReport,
  MetricType,
  OperationLatency,
  StandardEvents,
  type Telemetry,
  withVocabulary,
} from 'sotto';
import { otlp } from 'sotto/otlp';
import { describe, expectTypeOf, it } from 'vitest';

declare const telemetry: Telemetry;

describe('trackEvent', () => {
  it('takes the attributes of a standard event', () => {
    telemetry.trackEvent(StandardEvents.FEATURE_USED, { feature_name: 'list_contacts' });
    telemetry.trackEvent(StandardEvents.API_REQUEST, { endpoint: '/contacts', method: 'GET', status: 200 });
    telemetry.trackEvent('acme.contacts.listed', { count: 3 });
    telemetry.trackEvent('acme.contacts.listed');
    // @ts-expect-error a name is a string
    telemetry.trackEvent(StandardEvents.FEATURE_USED, { feature_name: 1 });
    // @ts-expect-error there is no such attribute
    telemetry.trackEvent(StandardEvents.FEATURE_USED, { feature: 'list_contacts' });
    // @ts-expect-error a status is a number
    telemetry.trackEvent(StandardEvents.API_REQUEST, { status: '200' });
  });

  it('takes the attributes of an event with a vocabulary', () => {
    const FeatureUsed = withVocabulary(StandardEvents.FEATURE_USED, { feature_name: ['search', 'export'] });
    telemetry.trackEvent(FeatureUsed, { feature_name: 'search', channel: 'cli' });
    // @ts-expect-error the class declares no such field
    withVocabulary(StandardEvents.FEATURE_USED, { feature: ['search'] });
  });
});

describe('trackMetric', () => {
  it('takes a number or an object, and a class that reports a metric', () => {
    telemetry.trackMetric('queue.length', 3, MetricType.GAUGE);
    telemetry.trackMetric('mails.sent', 1, 'counter');
    telemetry.trackMetric(StandardEvents.OPERATION_LATENCY, { operation_type: 'api', duration_ms: 3 });
    telemetry.trackMetric(MetricReport, 3);
    telemetry.trackMetric(OperationLatency, { duration_ms: 3 });
    // @ts-expect-error a text measures nothing
    telemetry.trackMetric('queue.length', '3');
    // @ts-expect-error there is no such type
    telemetry.trackMetric('queue.length', 3, 'summary');
    // @ts-expect-error the class reports no metric
    telemetry.trackMetric(StandardEvents.FEATURE_USED, 3);
  });
});

describe('track', () => {
  it('gives what the work gives', () => {
    expectTypeOf(telemetry.track.span('load', () => 3)).toEqualTypeOf<number>();
    expectTypeOf(telemetry.track.span('load', async () => 'text')).toEqualTypeOf<Promise<string>>();
    expectTypeOf(telemetry.track.command('build', () => ({ status: 1 }))).toEqualTypeOf<{ status: number }>();
    expectTypeOf(telemetry.track.health('database', async () => 'healthy')).toEqualTypeOf<Promise<void>>();
  });
});

describe('otlp', () => {
  it('knows its protocols', () => {
    otlp({
      endpoint: 'http://localhost:4318',
      protocol: 'http/json',
      headers: { authorization: 'Bearer x' },
    });
    // @ts-expect-error gRPC is none of them
    otlp({ endpoint: 'http://localhost:4318', protocol: 'grpc' });
  });
});
