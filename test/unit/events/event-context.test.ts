import { describe, expect, it } from 'vitest';
import { type SystemFacts, toEventContext } from '../../../src/events/index.js';
import { serializeForTelemetry } from '../../../src/privacy/index.js';

const GIBIBYTE = 1_073_741_824;

const FACTS: SystemFacts = {
  platform: 'linux',
  release: '6.1.0-18-amd64',
  arch: 'x64',
  nodeVersion: '20.20.2',
  cpuCount: 8,
  memoryBytes: 15.5 * GIBIBYTE,
  isCi: false,
};

const contextOf = (facts: Partial<SystemFacts>) =>
  serializeForTelemetry(toEventContext({ ...FACTS, ...facts }));

describe('the context of an event', () => {
  it('is coarse: families, major versions, buckets', () => {
    expect(contextOf({})).toEqual({
      'os.type': 'linux',
      'os.version': '6',
      'host.arch': 'x64',
      'process.runtime.version': '20',
      'host.cpu_count': '5-8',
      'host.memory_gib': '9-16',
      ci: false,
    });
  });

  it.each([
    ['darwin', 'darwin'],
    ['win32', 'windows'],
    ['freebsd', 'freebsd'],
    ['sunos', 'other'],
    ['toString', 'other'],
    ['a-kernel-somebody-built', 'other'],
  ])('names the platform %j as %j', (platform, osType) => {
    expect(contextOf({ platform })['os.type']).toBe(osType);
  });

  it.each([
    ['23.4.0', '23'],
    ['10.0.22631', '10'],
    ['5.15.167.4-microsoft-standard-WSL2', '5'],
    ['4.19-janes-kernel', '4'],
  ])('keeps of the release %j only %j', (release, version) => {
    expect(contextOf({ release })['os.version']).toBe(version);
  });

  it.each(['', 'janes-kernel', '20261121-build'])('says nothing of the release %j', (release) => {
    expect(contextOf({ release })).not.toHaveProperty(['os.version']);
  });

  it.each([
    [1, '1'],
    [2, '2'],
    [3, '3-4'],
    [4, '3-4'],
    [16, '9-16'],
    [17, '17+'],
    [256, '17+'],
  ])('puts %i processors into the bucket %s', (cpuCount, bucket) => {
    expect(contextOf({ cpuCount })['host.cpu_count']).toBe(bucket);
  });

  it.each([
    [0.5, '0-2'],
    [2, '0-2'],
    [2.4, '0-2'],
    [3.8, '3-4'],
    [8.3, '5-8'],
    [31.2, '17-32'],
    [63.9, '33-64'],
    [512, '65+'],
  ])('puts %d GiB of memory into the bucket %s', (gibibytes, bucket) => {
    expect(contextOf({ memoryBytes: gibibytes * GIBIBYTE })['host.memory_gib']).toBe(bucket);
  });

  it('names an unknown architecture as other', () => {
    expect(contextOf({ arch: 'janes-cpu' })['host.arch']).toBe('other');
  });
});
