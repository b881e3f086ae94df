import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { type Report, summarize, toJUnit, toSarif } from '../../../../src/testing/report/index.js';

const REPORT: Report = {
  tool: 'leaktest',
  command: ['node', 'x.mjs'],
  results: [
    {
      check: 'headers',
      scene: undefined,
      promise: 'No header knows who it is.',
      outcome: { status: 'passed' },
    },
    {
      check: 'dns-names',
      scene: 'CI=true & "quoted"',
      promise: 'No name that is looked up knows it.',
      outcome: { status: 'not_checked', because: 'Lookups cannot be seen <here>.' },
    },
    {
      check: 'outgoing-bytes',
      scene: undefined,
      promise: 'Nothing that leaves knows it.',
      outcome: {
        status: 'failed',
        findings: [
          { message: 'The user is in a body\u0007, as sha256 in hex.', advice: 'Take it out.' },
          { message: 'The host is in a line ]]>.', advice: 'Take it out.' },
        ],
      },
    },
  ],
};

/** What a document in XML holds: elements with attributes, in order. Throws for what is not well formed. */
function readXml(
  text: string,
): readonly { readonly name: string; readonly attributes: Record<string, string> }[] {
  const open: string[] = [];
  const elements = [];
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  expect(body.replaceAll(/<[^>]*>/g, '')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;|#10;)/);
  for (const [tag, end, name = '', rest = '', own] of body.matchAll(
    /<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g,
  )) {
    if (end) expect(open.pop()).toBe(name);
    else {
      elements.push({
        name,
        attributes: Object.fromEntries(
          [...rest.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
        ),
      });
      if (!own) open.push(name);
    }
    expect(tag).toBeDefined();
  }
  expect(open).toEqual([]);
  return elements;
}

it('counts what became of the checks', () => {
  expect(summarize(REPORT)).toEqual({ passed: 1, failed: 1, not_checked: 1 });
});

describe('JUnit', () => {
  it('is well formed, with a case for each check', () => {
    const elements = readXml(toJUnit(REPORT));
    const counts = { name: 'sotto leaktest', tests: '3', failures: '1', errors: '0', skipped: '1' };

    expect(elements.map(({ name }) => name)).toEqual([
      'testsuites',
      'testsuite',
      'testcase',
      'testcase',
      'skipped',
      'testcase',
      'failure',
    ]);
    expect(elements.slice(0, 2).map(({ attributes }) => attributes)).toEqual([counts, counts]);
    expect(elements[6]?.attributes).toEqual({
      message: 'The user is in a body\ufffd, as sha256 in hex.',
      type: 'outgoing-bytes',
    });
  });

  it('tells what was not checked as skipped, with its reason', () => {
    expect(toJUnit(REPORT)).toContain('<skipped message="Lookups cannot be seen &lt;here&gt;."/>');
  });

  it('tells every finding with its advice', () => {
    expect(toJUnit(REPORT)).toContain('Take it out.&#10;The host is in a line ]]&gt;. Take it out.');
  });
});

/** The required parts of the schema of SARIF 2.1.0, of what we write. */
const MESSAGE = { type: 'object', required: ['text'], properties: { text: { type: 'string' } } };
const SARIF = {
  type: 'object',
  required: ['version', 'runs'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    version: { enum: ['2.1.0'] },
    runs: {
      type: 'array',
      items: {
        type: 'object',
        required: ['tool'],
        additionalProperties: false,
        properties: {
          tool: {
            type: 'object',
            required: ['driver'],
            properties: {
              driver: {
                type: 'object',
                required: ['name'],
                additionalProperties: false,
                properties: {
                  name: { type: 'string' },
                  version: { type: 'string' },
                  rules: {
                    type: 'array',
                    uniqueItems: true,
                    items: {
                      type: 'object',
                      required: ['id'],
                      additionalProperties: false,
                      properties: { id: { type: 'string' }, shortDescription: MESSAGE },
                    },
                  },
                },
              },
            },
          },
          invocations: {
            type: 'array',
            items: {
              type: 'object',
              required: ['executionSuccessful'],
              additionalProperties: false,
              properties: {
                executionSuccessful: { type: 'boolean' },
                toolExecutionNotifications: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['message'],
                    additionalProperties: false,
                    properties: {
                      level: { enum: ['none', 'note', 'warning', 'error'] },
                      message: MESSAGE,
                      associatedRule: { type: 'object', required: ['id'] },
                    },
                  },
                },
              },
            },
          },
          results: {
            type: 'array',
            items: {
              type: 'object',
              required: ['message'],
              additionalProperties: false,
              properties: {
                ruleId: { type: 'string' },
                level: { enum: ['none', 'note', 'warning', 'error'] },
                message: MESSAGE,
                locations: { type: 'array', minItems: 1 },
              },
            },
          },
        },
      },
    },
  },
};

describe('SARIF', () => {
  it('has what the standard requires, and nothing that it does not know', () => {
    const validate = new Ajv({ allErrors: true }).compile(SARIF);
    validate(JSON.parse(JSON.stringify(toSarif(REPORT))));

    expect(validate.errors).toBeNull();
  });

  it('has a result for each finding alone, and a note for what was not checked', () => {
    expect(toSarif(REPORT)).toMatchObject({
      runs: [
        {
          tool: { driver: { rules: [{ id: 'headers' }, { id: 'dns-names' }, { id: 'outgoing-bytes' }] } },
          results: [{ ruleId: 'outgoing-bytes' }, { ruleId: 'outgoing-bytes' }],
          invocations: [{ toolExecutionNotifications: [{ associatedRule: { id: 'dns-names' } }] }],
        },
      ],
    });
  });
});
