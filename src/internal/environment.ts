/**
 * Is this a maker's own machine or test run? Then mistakes in events throw where they are made.
 *
 * @remarks `NODE_ENV` is a convention between a program and its tools, not a setting of telemetry; bundlers replace it.
 */
export function isDevelopment(): boolean {
  const { NODE_ENV } = process.env;
  return NODE_ENV === 'development' || NODE_ENV === 'test';
}
