import { describe, expect, it } from 'vitest';
import { isCredentialKey, isIdentifyingKey } from '../../../../src/privacy/serialize/identifying-key.js';

describe('a key', () => {
  it.each([
    'id', 'ID', 'userId', 'user_id', 'user-id', 'userid', 'USER_ID', 'UserID', 'userIDs', 'sessionIDs', 'x-api-key',
    'apiKey', 'APIKey', 'api.key', 'API_KEY', 'authorization', 'Authorization', 'Cookie', 'dbPassword', 'db_passwd',
    'filePath', 'file-path', 'path', 'PATH', 'paths', 'accessToken', 'access_token', 'accesstoken', 'email', 'e.mail.email',
    'clientSecret', 'serialNumber', 'serial_number', 'phone_number', 'license', 'ipAddress', 'ipaddress', 'clientIPv4',
    'IPv6', 'ip', 'ip4', 'remoteHost', 'hosts', 'hostname', 'url', 'URLs', 'baseURL', 'files', 'fileNames', 'repositories',
    'branches', 'directories', 'user2', 'email1', 'device_fingerprint', 'uuid', 'cwd', 'home', 'customer', 'a b token',
    '<EMAIL>',
  ])('%s names something identifying', (key) => {
    expect(isIdentifyingKey(key, 'value')).toBe(true);
  }); // biome-ignore format: a list of words

  it.each([
    'video', 'keyboard', 'monkey', 'idle', 'valid', 'width', 'classname', 'className', 'secretary', 'passwordless',
    'pathology', 'emailer', 'tokenizer', 'userland', 'monitor', 'hostile', 'ghost', 'shipping', 'zipped',
    'recipe', 'profile', 'language', 'intent', 'os', 'status', 'ms', 'class', 'series', 'news', 'bypass', 'compass', '', '_', '42',
  ])('%s names nothing identifying', (key) => {
    expect(isIdentifyingKey(key, 'value')).toBe(false);
  }); // biome-ignore format: a list of words

  it.each([
    'token_count', 'tokenCount', 'key_ms', 'keyMs', 'path_length', 'user-total', 'file_size_bytes', 'token.p95', 'files', 'urls',
  ])('%s measures, where a finite number stands under it', (key) => {
    expect(isIdentifyingKey(key, 12)).toBe(false);
    expect(isIdentifyingKey(key, 0)).toBe(false);
    for (const value of ['12', 12n, Number.NaN, [12], { n: 12 }, true]) expect(isIdentifyingKey(key, value)).toBe(true);
  }); // biome-ignore format: a list of words

  it.each(['user_id', 'phone_number', 'serialNumber', 'license_num', 'tokens', 'ids', 'key', 'phone'])(
    '%s identifies even as a number',
    (key) => {
      expect(isIdentifyingKey(key, 15551234567)).toBe(true);
    },
  );

  it.each([
    'dbpassword', 'sshkey', 'passwdinput', 'authtokenfield', 'securitytoken', 'cardnumber', 'card[cvv]', 'totppin', 'two-factor', 'PHPSESSID',
    'csrf_value', 'sso', 'routing acc num', 'fieldconfirmpassword', 'X-Auth-Token', 'Cookie2', 'social security num',
  ])('%s names a credential, in one word or several', (key) => {
    expect(isIdentifyingKey(key, 'value')).toBe(true);
    expect(isCredentialKey(key)).toBe(true);
  }); // biome-ignore format: a list of words

  it.each<[string, unknown]>([
    ['auth_method', 'oauth'], ['tokenType', 'bearer'], ['password_strength', 'weak'], ['session_status', true],
    ['is_secret', false], ['hasToken', true], ['promptTokens', 120], ['emails_sent', 10], ['keys', 3], ['primaryKey', 'id'], ['cache_key', 'x'],
  ])('%s says something about the thing, not what it is, as %j', (key, value) => {
    expect(isIdentifyingKey(key, value)).toBe(false);
  }); // biome-ignore format: a list of words

  it.each<[string, unknown]>([
    ['auth_method', 'eyJhbGciOiJIUzI1NiJ9'], ['auth_type', 'jo 4711'], ['secret', true], ['is_secret', 'hunter22'], ['tokens', 15_551_234_567], ['user_ids', 3],
  ])('%s identifies all the same as %j', (key, value) => {
    expect(isIdentifyingKey(key, value)).toBe(true);
  }); // biome-ignore format: a list of words
});
