import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../../support/directories.js';
import { filesIn, run } from '../support.js';

const DATA = JSON.stringify({
  intent: 'DEBUG',
  executionTimeMs: 12.345,
  query: 'where is jane.doe@example.com',
  repository: 'git@example.com:jane/secret.git',
  results: ['one', 'two'],
  languages: ['go'],
  scores: [1, 2],
  apiKey: 'sk-secret',
});

describe('preview', () => {
  it('shows an example of every event', async () => {
    const directory = createDirectory();
    const { status, stdout, stderr } = await run(directory, ['preview']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const examples = JSON.parse(stdout) as { event: string; properties: object }[];
    expect(examples.map(({ event }) => event)).toContain('code_search');
    for (const { properties } of examples) expect(properties).toHaveProperty('os.type');
    expect(filesIn(directory)).toEqual([]);
  });

  it('shows what would leave for given data, with placeholders while telemetry is off', async () => {
    const directory = createDirectory();
    const { status, stdout } = await run(directory, ['preview', 'code_search', '--data', DATA]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      event: 'code_search',
      distinct_id: '<session-id>',
      properties: {
        intent: 'DEBUG',
        query: 29,
        repository: 'blake3:<hash>',
        results: 2,
        scores: 1.5,
        $process_person_profile: false,
      },
    });
    expect(stdout).not.toMatch(/jane|secret/);
    expect(filesIn(directory)).toEqual([]);
  });

  it.each([
    [['preview', 'code-search'], 'There is no event of this name. Names of events: code_search'],
    [['preview', 'nothing', '--data', '{}'], 'There is no event of this name.'],
    [['preview', '--data', '{}'], '--data belongs to an event.'],
    [['preview', 'code_search', '--data', '[]'], 'The value of --data is no JSON object.'],
    [
      ['preview', 'code_search', '--data', '{"intent":"OTHER"}'],
      'Field `intent` of CodeSearch must be one of',
    ],
  ])('ends with 2 and says why for %j', async (args, expected) => {
    const { status, stdout, stderr } = await run(createDirectory(), args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(expected);
  });
});
