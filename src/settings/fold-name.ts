/** A name without what people spell differently: `disableTelemetry` and `DISABLE-TELEMETRY` are `disabletelemetry`. */
export function foldName(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}
