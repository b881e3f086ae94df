import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { createLog, type LogLevel } from '../../../../src/server/observe/index.js';

function openLog(level?: LogLevel) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { log: createLog('telemetry_collector', destination, level), lines };
}

const parse = (line: string | undefined) => JSON.parse(line ?? '') as Record<string, unknown>;

describe('the log of a service', () => {
  it('says what happened in one line, with the fields it was given and nothing of the machine', () => {
    const { log, lines } = openLog();
    log.info('license_validated_startup', { customer: 'Acme Corp' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[^\n]+\n$/);
    expect(parse(lines[0])).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      service: 'telemetry_collector',
      event: 'license_validated_startup',
      customer: 'Acme Corp',
    });
    expect(lines[0]).not.toContain(hostname());
  });

  it('leaves out what is undefined, and keeps what is null', () => {
    const { log, lines } = openLog();
    log.warn('report_failed', { http_status: undefined, reason: null });
    expect(parse(lines[0])).toMatchObject({ level: 'warn', event: 'report_failed', reason: null });
    expect(parse(lines[0])).not.toHaveProperty('http_status');
  });

  it.each([
    ['info', ['started', 'slow', 'failed']],
    ['warn', ['slow', 'failed']],
    ['error', ['failed']],
    ['silent', []],
  ] as const)('at the level %s writes that and what is worse', (level, events) => {
    const { log, lines } = openLog(level);
    log.info('started');
    log.warn('slow');
    log.error('failed');
    expect(lines.map((line) => parse(line).event)).toEqual(events);
  });
});
