/** How what is captured is answered. */
export type Conduct =
  /** At once, as PostHog, sotto/server and an OTLP collector would: accepted. */
  | 'answer'
  /** The connection opens, and nothing ever comes back. */
  | 'black-hole'
  /** The answer comes a byte at a time, and would take a minute. */
  | 'slow'
  /** The connection is reset when the first bytes of a request have arrived. */
  | 'reset'
  /** Nothing listens where programs think that somebody does. */
  | 'refuse';

/** A request as it arrived. */
export interface SeenRequest {
  /** `POST https://eu.i.posthog.com/batch/`, or `CONNECT host:443`. */
  readonly line: string;
  /** As they stood on the wire, one after the other: `content-type: application/json`. Those behind the body too. */
  readonly headers: readonly string[];
  /** As it arrived. */
  readonly rawBody: Buffer;
  /** The same after content encodings; equal where there are none, and where they cannot be undone. */
  readonly body: Buffer;
}

/**
 * Something that a program sent to the outside, or tried to: what it wanted to send to where a sealed capture does not listen is one
 * that is not readable, without a byte.
 */
export interface SeenConnection {
  /** Where it was meant to go, as far as that can be told: `eu.i.posthog.com:443`. */
  readonly target: string;
  /** False: nobody knows what it said. It was encrypted and the program did not trust the certificate, or packed in an unknown way. */
  readonly isReadable: boolean;
  readonly requests: readonly SeenRequest[];
  /** All bytes that were received, after decryption: also what was no HTTP. */
  readonly bytes: Buffer;
}

/** What left a program. */
export interface Seen {
  readonly connections: readonly SeenConnection[];
  /**
   * Names that were looked up, and what else was said to a name server, a character for a byte; undefined where that cannot be
   * seen.
   */
  readonly lookups: readonly string[] | undefined;
}

/** What a program is told when it asks the system who it runs for. */
export interface SeenNames {
  readonly user: string;
  readonly host: string;
}

export interface CaptureOptions {
  /**
   * `sealed`: the programs run on a network of their own on which every address is this capture, so that nothing can pass it by:
   * Linux, as root or with user namespaces. `proxied`: they are told to use a proxy, and their telemetry to come here; what does
   * not listen to that is not seen. The best that the platform has unless given.
   */
  readonly mode?: 'sealed' | 'proxied';
  /** The app, whose telemetry is told to come here. */
  readonly app: string;
  /** What the machine and the account are called, for programs on a sealed network; as they are unless given. */
  readonly names?: SeenNames;
  /** The file of the program that listens: that of the build unless given. */
  readonly program?: string;
}

/** Everything outside of a machine: a server for whatever a program sends, wherever it thinks that it sends it. */
export interface Capture extends AsyncDisposable {
  readonly mode: 'sealed' | 'proxied';
  /** What programs need in their environment: proxies, the certificate to trust, the app's server. */
  readonly env: Readonly<Record<string, string>>;
  /** What has to stand before a command so that it runs on the network of the capture; empty where there is none of its own. */
  readonly through: readonly string[];
  /** What programs are told there: other names than were asked for where the system gives no others. */
  readonly names: SeenNames;
  /** What was seen until now, complete for programs that have ended. Empties nothing. */
  seen(): Promise<Seen>;
  /** From now on. What was seen until now is forgotten. */
  begin(conduct: Conduct): Promise<void>;
}

export type OpenCapture = (options: CaptureOptions) => Promise<Capture>;
