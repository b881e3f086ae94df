import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactIdentifiableInfo } from '../../../../../src/privacy/scrubber/index.js';

// Prefixes are put together here so that no line of this file looks like a leaked secret.
const join = (...parts: string[]): string => parts.join('');
const A = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6kL9n';
const HEX = '0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9';

describe('tokens with the prefix of a vendor', () => {
  it.each([
    ['GitHub', join('gh', 'p_', A.slice(0, 36))],
    ['GitHub, fine-grained', join('github', '_pat_', A, '_', A)],
    ['GitLab', join('gl', 'pat-', A.slice(0, 20))],
    ['Slack', join('xo', 'xb-1234567890-', A.slice(0, 24))],
    ['Slack hooks', join('https://hooks.', 'slack.com/services/T000/B000/', A.slice(0, 24))],
    ['Stripe', join('sk', '_live_', A.slice(0, 24))],
    ['Amazon', join('AK', 'IA', 'Q3EXAMPLEABCDEFG')],
    ['Google', join('AI', 'za', A.slice(0, 35))],
    ['Google OAuth', join('ya', '29.', A)],
    ['OpenAI', join('sk', '-proj-', A, A)],
    ['Anthropic', join('sk', '-ant-api03-', A, A)],
    ['Hugging Face', join('hf', '_', A.slice(0, 34))],
    ['npm', join('np', 'm_', A.slice(0, 36))],
    ['PyPI', join('py', 'pi-AgEIcHlwaS5vcmc', A)],
    ['SendGrid', join('SG', '.', A.slice(0, 22), '.', A, 'abc')],
    ['Twilio', join('S', 'K', HEX.slice(0, 32))],
    ['Telegram', join('123456789', ':AA', A.slice(0, 33))],
    ['DigitalOcean', join('do', 'p_v1_', HEX)],
    ['Vault', join('hv', 's.', A)],
    ['Shopify', join('shp', 'at_', HEX.slice(0, 32))],
    ['Linear', join('lin', '_api_', A)],
    ['PostHog', join('ph', 'x_', A)],
    ['bcrypt', join('$2', 'b$12$', A, A.slice(0, 13))],
  ])('are taken out for %s', (_vendor, token) => {
    expect(redactIdentifiableInfo(`failed (${token}) after 2 s`)).toBe('failed (<TOKEN>) after 2 s');
  });

  it.each([
    'sk-',
    'risk-based-approach',
    'npm_config_registry',
    'ghp_short',
    'AKIA',
    'task_live_update',
    'desk-top',
    'hvs.js',
    'SG.txt',
    'xoxo',
    's.registeredCustomElements',
    'sk-fading-circle-with-dots',
  ])('are not seen in the word %s', (word) => {
    expect(redactIdentifiableInfo(`the ${word} here`)).toBe(`the ${word} here`);
  });
});

describe('JSON Web Tokens', () => {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('are taken out whole, whatever they carry', () => {
    fc.assert(
      fc.property(fc.object(), fc.uint8Array({ minLength: 16, maxLength: 64 }), (claims, signature) => {
        const token = [
          encode({ alg: 'HS256' }),
          encode(claims),
          Buffer.from(signature).toString('base64url'),
        ].join('.');
        expect(redactIdentifiableInfo(`got "${token}" instead`)).toBe('got "<JWT>" instead');
      }),
    );
  });
});

describe('private keys', () => {
  const begin = join('-----BEGIN RSA ', 'PRIVATE KEY-----');
  const end = join('-----END RSA ', 'PRIVATE KEY-----');

  it('are taken out between header and footer, across lines, quoted or escaped', () => {
    expect(redactIdentifiableInfo(`a ${begin}\nMIIabc\n+/=\n${end} b`)).toBe(`a ${begin}<KEY>${end} b`);
    expect(redactIdentifiableInfo(`{"k":"${begin}\\nMIIabc\\n${end}"}`)).toBe(`{"k":"${begin}<KEY>${end}"}`);
    expect(redactIdentifiableInfo(`${begin}\nA\n${end}\n${begin}\nB\n${end}`)).toBe(
      `${begin}<KEY>${end}\n${begin}<KEY>${end}`,
    );
  });

  it('are taken out to the end of the text if they were cut off', () => {
    expect(redactIdentifiableInfo(`a ${begin}\nMIIabc`)).toBe(`a ${begin}<KEY>`);
  });

  it('are not mistaken for certificates and public keys', () => {
    const certificate = '-----BEGIN CERTIFICATE-----\nMIIabc\n-----END CERTIFICATE-----';
    expect(redactIdentifiableInfo(certificate)).toBe(certificate);
  });
});
