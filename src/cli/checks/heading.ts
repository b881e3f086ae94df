/** What stands above the checks of a maker's command, in help. */
export const HEADING = 'Commands for a maker, about a command that uses telemetry:';
