import { describe, expect, it } from 'vitest';
import { redactIdentifiableInfo } from '../../../../../src/privacy/scrubber/index.js';

describe('names and values that stand apart', () => {
  it.each([
    ['<password>hunter22</password>', '<password><SECRET></password>'],
    ['<add key="DbPassword" value="hunter22" />', '<add key="DbPassword" value="<SECRET>" />'],
    ['{"name": "api_key", "value": "a1b2c3d4"}', '{"name": "api_key", "value": "<SECRET>"}'],
    ['- name: DB_PASSWORD\n  value: hunter22', '- name: DB_PASSWORD\n  value: <SECRET>'],
    ['[["password", "hunter22"]]', '[["password", "<SECRET>"]]'],
    ["define('DB_PASSWORD', 'hunter22');", "define('DB_PASSWORD', '<SECRET>');"],
    ['new NetworkCredential("kim", "hunter22")', 'new NetworkCredential("kim", "<SECRET>")'],
  ])('lose their secrets in %j', (text, redacted) => {
    expect(redactIdentifiableInfo(text)).toBe(redacted);
  });

  it.each([
    '<passwords>12</passwords>'.replace('12', 'required'),
    '<add key="Theme" value="dark22" />',
    '["password", "email"]',
    'required: ["user", "password", "email"]',
    '{"name": "theme", "value": "a1b2c3d4"}',
  ])('stay in %j', (text) => {
    expect(redactIdentifiableInfo(text)).toBe(text);
  });
});
