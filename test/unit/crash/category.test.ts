import { describe, expect, it } from 'vitest';
import { categoryOf } from '../../../src/crash/index.js';
import { ConfigError } from '../../../src/internal/index.js';
import { hostile } from './support.js';

const RUNNING = { isInstallation: false };
const INSTALLING = { isInstallation: true };
const withCode = (code: unknown, parts: object = {}) =>
  Object.assign(new Error('failed'), { code, ...parts });
const named = (name: string) => Object.assign(new Error('failed'), { name });

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('the category of an error', () => {
  it.each([
    ...['ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND', 'ECONNRESET', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'],
    ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('is network for %s', (code) => {
    expect(categoryOf(withCode(code), RUNNING)).toBe('network');
  });

  it.each(['EACCES', 'EPERM', 'ENOSPC', 'EROFS', 'EMFILE', 'ENOMEM'])('is system for %s', (code) => {
    expect(categoryOf(withCode(code), RUNNING)).toBe('system');
  });

  it.each([
    ['JSON that is none', thrownBy(() => JSON.parse('{"theme": dark}'))],
    ['JSON that ends early', thrownBy(() => JSON.parse('{'))],
    ['an empty file', thrownBy(() => JSON.parse(''))],
    ['an argument', withCode('ERR_INVALID_ARG_TYPE')],
    ['an argument of the command line', withCode('ERR_PARSE_ARGS_UNKNOWN_OPTION')],
    ['a module that is missing', withCode('ERR_MODULE_NOT_FOUND')],
    ['a mistake in how this package is set up', new ConfigError('OPTION_UNKNOWN', 'no')],
    ['a class of such errors', named('AcmeConfigError')],
    ['a class of such errors, spelled out', named('ConfigurationError')],
    ['a parser of YAML', named('YAMLParseError')],
  ])('is configuration for %s', (_what, error) => {
    expect(categoryOf(error, RUNNING)).toBe('configuration');
  });

  it.each([
    ['a program that is not there', withCode('ENOENT', { syscall: 'spawn git' })],
    ['a program that ends with an error', withCode(128)],
    ['the same, as packages tell it', Object.assign(new Error('failed'), { exitCode: 1 })],
    ['the same, as `execSync` tells it', Object.assign(new Error('failed'), { status: 2 })],
    ['a dependency that is missing', withCode('MODULE_NOT_FOUND')],
  ])('is installation in a step of one for %s, and only there', (_what, error) => {
    expect(categoryOf(error, INSTALLING)).toBe('installation');
    expect(categoryOf(error, RUNNING)).not.toBe('installation');
  });

  it('keeps what is more telling in a step of an installation', () => {
    expect(categoryOf(withCode('ENOTFOUND'), INSTALLING)).toBe('network');
    expect(categoryOf(withCode('EACCES', { syscall: 'spawn git' }), INSTALLING)).toBe('system');
  });

  it.each([
    ['an error', new Error('failed')],
    ['a syntax error in code', thrownBy(() => new Function('{'))],
    ['a file that is missing', withCode('ENOENT')],
    ['a code that only begins so', withCode('ECONNREFUSED_BY_ADA')],
    ['a name that only begins so', named('ConfigErrors of Ada')],
    ['a string', 'ECONNREFUSED'],
    ['null', null],
    ['a proxy that throws', hostile()],
  ])('is unexpected for %s', (_what, thrown) => {
    expect(categoryOf(thrown, RUNNING)).toBe('unexpected');
  });

  it('is unexpected where a program ended well, also in a step of an installation', () => {
    expect(categoryOf(Object.assign(new Error('failed'), { exitCode: 0 }), INSTALLING)).toBe('unexpected');
    expect(categoryOf(withCode(-4058), INSTALLING)).toBe('unexpected');
  });

  it.each([
    ['its cause', new TypeError('fetch failed', { cause: withCode('ECONNREFUSED') })],
    ['a cause of its cause', new Error('x', { cause: new Error('y', { cause: withCode('ETIMEDOUT') }) })],
    ['one of several errors', new AggregateError([new Error('x'), withCode('ECONNREFUSED')])],
  ])('is that of %s where its own says nothing', (_what, error) => {
    expect(categoryOf(error, RUNNING)).toBe('network');
  });

  it('is its own before that of its cause', () => {
    const error = Object.assign(new Error('x', { cause: withCode('ECONNREFUSED') }), { code: 'EACCES' });
    expect(categoryOf(error, RUNNING)).toBe('system');
  });
});
