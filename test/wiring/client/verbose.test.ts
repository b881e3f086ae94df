import { afterEach, expect, it, vi } from 'vitest';
import { buildCodeSearch } from '../../support/code-search-event.js';
import { openWiring } from '../../support/wiring.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** What is written to a standard stream while `work` runs. */
async function written(stream: 'stdout' | 'stderr', work: () => Promise<void>): Promise<string> {
  const texts: string[] = [];
  const spy = vi.spyOn(process[stream], 'write').mockImplementation((text) => {
    texts.push(String(text));
    return true;
  });
  await work();
  spy.mockRestore();
  return texts.join('');
}

it('verbose output shows on standard error what is sent, byte for byte, and nothing on standard output', async () => {
  await using wiring = await openWiring({ verbose: true });
  const { telemetry, server } = wiring;
  const stdout = await written('stdout', async () => {
    const stderr = await written('stderr', async () => {
      telemetry.capture(buildCodeSearch());
      telemetry.capture('untyped', { path: '/home/ada', count: 1 });
    });
    await telemetry.flush();
    const sent = server.messages.map(({ properties }) => JSON.stringify(properties));
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    for (const [index, line] of lines.entries()) expect(line).toContain(`"properties":${sent[index]}`);
    expect(stderr).not.toMatch(/\bada\b/);
  });
  expect(stdout).toBe('');
});

it('without it nothing is printed, and while telemetry is off neither', async () => {
  await using quiet = await openWiring();
  await using off = await openWiring({ verbose: true, enabled: false });
  const stderr = await written('stderr', async () => {
    for (const { telemetry } of [quiet, off]) telemetry.capture(buildCodeSearch());
  });
  expect(stderr).toBe('');
});

it('a standard error that throws is nobody’s concern', async () => {
  await using wiring = await openWiring({ verbose: true });
  vi.spyOn(process.stderr, 'write').mockImplementation(() => {
    throw new Error('closed');
  });
  expect(() => wiring.telemetry.capture(buildCodeSearch())).not.toThrow();
  vi.restoreAllMocks();
  expect(wiring.telemetry.status().recorded).toBe(1);
});
