import { variablePrefix } from '../../settings/index.js';

/** What names the file of a certificate to trust: Node.js, OpenSSL, curl, Python's requests, git. */
const TRUST_VARIABLES = [
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'CURL_CA_BUNDLE',
  'REQUESTS_CA_BUNDLE',
  'GIT_SSL_CAINFO',
] as const;

const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'];

/** Where telemetry is told to go on a network on which every name is the capture. */
const SEALED_ENDPOINT = 'https://telemetry.sotto.test';

/** What tells programs to trust a capture, and to come to it. */
export function captureEnvironment({
  app,
  mode,
  trust,
  port,
}: {
  readonly app: string;
  readonly mode: 'sealed' | 'proxied';
  readonly trust: string;
  readonly port: number;
}): Readonly<Record<string, string>> {
  const here = `http://127.0.0.1:${port}`;
  const proxies = {
    ...toVariables(PROXY_VARIABLES, here),
    NODE_USE_ENV_PROXY: '1',
    NO_PROXY: '',
    no_proxy: '',
  };
  return {
    ...toVariables(TRUST_VARIABLES, trust),
    [`${variablePrefix(app)}_TELEMETRY_ENDPOINT`]: mode === 'sealed' ? SEALED_ENDPOINT : here,
    ...(mode === 'proxied' && proxies),
  };
}

const toVariables = (names: readonly string[], text: string) =>
  Object.fromEntries(names.map((name) => [name, text]));
