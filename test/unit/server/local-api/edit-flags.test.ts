import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editFlags } from '../../../../src/server/local-api/flags/edit-flags.js';

const ON = { enable_observability: true, enable_privacy_telemetry: true };

describe('editing flags in the text of a config file', () => {
  it('changes the value, and no other byte', () => {
    const text = '{ "a":1,\r\n\t"features" : {"enable_observability" :false , "x": [ 1,2 ]}\r\n}  \n';
    expect(editFlags(text, { enable_observability: true })).toBe(text.replace('false', 'true'));
  });

  it('adds what is missing in the layout of the file', () => {
    const text = '{\n\t"a": 1,\n\t"features": {\n\t\t"x": true\n\t}\n}\n';
    expect(editFlags(text, { enable_crash_uploader: true })).toBe(
      '{\n\t"a": 1,\n\t"features": {\n\t\t"x": true,\n\t\t"enable_crash_uploader": true\n\t}\n}\n',
    );
    expect(editFlags('{\r\n  "a": 1\r\n}', { enable_crash_uploader: false })).toBe(
      '{\r\n  "a": 1,\r\n  "features": {\r\n    "enable_crash_uploader": false\r\n  }\r\n}',
    );
  });

  it('leaves an odd layout as it is, and adds in the same line', () => {
    expect(editFlags('{   "a"  :1}', { enable_crash_uploader: true })).toBe(
      '{   "a"  :1,"features": {"enable_crash_uploader":true}}',
    );
  });

  it.each(['', ' \n'])('makes an object of %j', (text) => {
    expect(JSON.parse(editFlags(text, ON) ?? '')).toEqual({ features: ON });
  });

  it.each([
    '[]',
    'null',
    '"x"',
    '{',
    '{} {}',
    '// x\n{}',
    '{"a":1,}',
    '{"features":[]}',
    '{"features":null}',
    '{"features":{},"features":{}}',
    '{"features":{"enable_observability":true,"enable_observability":false}}',
  ])('leaves %j alone', (text) => {
    expect(editFlags(text, ON)).toBeUndefined();
  });

  it.each([
    '{"a":1,"a":2,"features":{"enable_observability":true}}',
    '{"o":{"b":1,"b":2},"features":{"z":1,"enable_observability":true,"z":2}}',
  ])('passes over what else stands there twice: %j', (text) => {
    expect(editFlags(text, { enable_observability: false })).toBe(text.replace('true', 'false'));
  });

  it.each(['{"features":[]}', '{"features": null}'])('has nothing to switch off in %j', (text) => {
    expect(editFlags(text, { enable_observability: false, enable_crash_uploader: false })).toBe(text);
    expect(editFlags(text, { enable_observability: false, enable_crash_uploader: true })).toBeUndefined();
  });

  it('leaves alone what is nested too deeply to be looked through', () => {
    expect(editFlags(`{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, ON)).toBeUndefined();
  });

  it('sets the flags, and changes the meaning of nothing else, in any file and layout', () => {
    const config = fc.record(
      {
        features: fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }),
        telemetry: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        config,
        fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }),
        fc.constantFrom(undefined, 1, 2, 4, '\t'),
        fc.record({ enable_observability: fc.boolean(), enable_crash_uploader: fc.boolean() }),
        (known, others, indent, changes) => {
          const before = JSON.parse(JSON.stringify({ ...others, ...known }));
          const edited = editFlags(JSON.stringify(before, null, indent), changes);
          const features = { ...(before.features ?? {}), ...changes };
          expect(JSON.parse(edited ?? '')).toEqual({ ...before, features });
        },
      ),
    );
  });
});
