// A tool that puts what it knows about its user into everything it can give to telemetry, and ends by an error of that kind.
// `node careless.mjs <sink>`: what it knows is in the variable CANARIES.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createTelemetry, defineEvent, StandardEvents, textCount } from 'sotto';
import { otlp } from 'sotto/otlp';

const known = JSON.parse(process.env.CANARIES);
const { user, host, home, directory, email, phone, card, token, awsKey, password, fileName } = known;
const everything = Object.values(known);
const [kind] = process.argv.slice(2);

const endpoint = process.env.ENDPOINT;
const sinks = {
  posthog: { posthog: { key: 'phc_test', host: endpoint } },
  json: { otlp: otlp({ endpoint, protocol: 'http/json' }) },
  protobuf: { otlp: otlp({ endpoint, protocol: 'http/protobuf' }) },
};
const telemetry = createTelemetry({
  app: 'acme',
  version: '1.4.0',
  consent: 'given',
  crashReporting: true,
  toolsOverPrivacy: true,
  verbose: true,
  crash: { captureUncaught: true },
  ...sinks[kind],
});

/** What client libraries put into their errors. */
class AxiosError extends Error {
  code = 'ERR_BAD_REQUEST';
  config = {
    headers: { Authorization: `Bearer ${token}` },
    url: `https://${user}:${password}@${host}/`,
    data: everything,
  };
  request = { path: `/v1/users/${email}?token=${token}`, socket: { localAddress: '203.0.113.77' } };
  response = { status: 404, data: { email, phone, nested: [{ card, fileName }] } };
}

const texts = [
  `ENOENT: no such file or directory, open '${join(directory, fileName)}'`,
  `cannot read ${fileName}`,
  `login of ${user} on ${host} failed: password=${password}`,
  `mail to ${email} (${phone}) was refused, paid by ${card}`,
  `Authorization: Bearer ${token}\nAWS ${awsKey}\n    at ${join(home, fileName)}:1:1`,
  `GET https://${user}:${password}@${host}/a?token=${token}&email=${encodeURIComponent(email)}`,
  `see ${pathToFileURL(join(directory, fileName)).href} and ~${user}/${fileName}`,
  'x'.repeat(470) + email + token,
  JSON.stringify(known),
];

function fail(text) {
  const error = new AxiosError(text, {
    cause: new Error(text, { cause: { [email]: token, message: text } }),
  });
  error.stack = `${error.name}: ${text}\n    at run (${join(directory, fileName)}:10:5)\n    at Object.<anonymous> (${pathToFileURL(join(home, 'a b', fileName)).href}:1:2)\n    at ${user} (C:\\Users\\${user}\\${fileName}:3:4)`;
  return error;
}

// What a person writes may name any file; what is known of the machine may not be in it, even after the second yes.
const NoteMade = defineEvent('note_made', { note: textCount({ withToolsOverPrivacy: 'redact' }) });
for (const name of ['user', 'host', 'home', 'directory', 'email', 'phone', 'card', 'token', 'awsKey'])
  telemetry.capture(
    NoteMade.create({ note: `why does ${known[name]} not open? see ${known[name]}: it's "${known[name]}"` }),
  );

telemetry.startSession({ user, note: texts[3], [fileName]: true });
for (const text of texts) {
  const attributes = {
    note: text,
    list: [text, { deep: { deeper: [text] } }],
    map: new Map([[text, text]]),
    set: new Set([text]),
    url: new URL(`https://${user}:${password}@example.org/${fileName}`),
    [text]: text,
    [email]: 1,
    [fileName]: 2,
    password,
    'x-api-key': token,
    headers: { cookie: token },
  };
  telemetry.capture('thing_done', attributes);
  telemetry.capture(text, attributes);
  telemetry.trackEvent('thing.was.done', attributes);
  telemetry.trackEvent(StandardEvents.FEATURE_USED, {
    feature_name: text,
    feature_category: text,
    channel: email,
    ...attributes,
  });
  telemetry.trackEvent(StandardEvents.COMMAND_EXECUTED, { command: text, subcommand: fileName });
  telemetry.trackEvent(StandardEvents.API_REQUEST, {
    endpoint: `/files/${fileName}?q=${email}`,
    method: text,
    status: 200,
  });
  telemetry.trackEvent(StandardEvents.SERVICE_HEALTH, { service: text, status: text });
  telemetry.trackError(fail(text), {
    error_code: text,
    operation: text,
    error_message: text,
    error_type: text,
    ...attributes,
  });
  telemetry.trackError(text, attributes);
  telemetry.trackError({ message: text, stack: text, ...attributes });
  telemetry.trackError(new AggregateError([fail(text), text], text));
  telemetry.trackMetric(text, 3, 'counter', attributes);
  telemetry.trackMetric('queue.depth', 3, 'gauge', attributes);
  telemetry.trackMetric(StandardEvents.OPERATION_LATENCY, {
    operation_type: text,
    duration_ms: 3,
    ...attributes,
  });
  await telemetry.track.span(text, async () => text).catch(() => {});
  telemetry.track.span(fileName, () => 1);
  telemetry.track.command({ command: text, subcommand: text }, () => 1);
  await telemetry.track.request({ method: text, route: `/u/${email}/${fileName}` }, async () => ({
    status: 200,
  }));
  await telemetry.track.health(text, () => {
    throw fail(text);
  });
  telemetry.captureCrash(fail(text), attributes);
  telemetry.installation.start({ [text]: text, path: directory, fast: true });
  telemetry.installation.step(text, text, attributes);
  telemetry.installation.step('download', 'failed', { error: fail(text) });
  telemetry.installation.complete({ success: false, summary: attributes });
}
await telemetry.endSession();
await telemetry.flush();
console.log(JSON.stringify(telemetry.status()));
throw fail(texts[0]);
