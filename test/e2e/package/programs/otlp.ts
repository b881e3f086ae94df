/** What a maker writes with `sotto/otlp`, for the compiler alone. */
import { createTelemetry } from 'sotto';
import { type OtlpOptions, type OtlpProtocol, otlp } from 'sotto/otlp';

const protocol: OtlpProtocol = 'http/json';
const options: OtlpOptions = otlp({ endpoint: 'http://127.0.0.1:4318', protocol });
createTelemetry({ app: 'acme', otlp: options });
