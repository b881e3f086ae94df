/** Takes lines of JSON, each with its end. */
export interface LogDestination {
  write(line: string): unknown;
}
