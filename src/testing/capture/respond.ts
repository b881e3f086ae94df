/** What is written back to a request. */
export interface Reply {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** PostHog's yes, to a batch as to the question about flags. */
const YES = '{"status":1,"flags":{},"featureFlags":{}}';

/** What its server would say to a program that it is glad to hear of: PostHog, `sotto/server`, or an OTLP collector. */
export function replyTo(contentType: string | undefined): Reply {
  if (contentType?.startsWith('application/x-protobuf'))
    // An empty message: nothing was refused.
    return { headers: { 'content-type': contentType }, body: '' };
  if (contentType?.startsWith('application/grpc'))
    return { headers: { 'content-type': contentType, 'grpc-status': '0' }, body: '' };
  return { headers: { 'content-type': 'application/json' }, body: YES };
}
