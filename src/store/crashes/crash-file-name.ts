/** The folder of crash reports in the state directory. */
export const CRASH_FOLDER = 'crashes';

/**
 * The name of a crash report: `crash_20261121_083000_1b4e28ba.json`, in UTC.
 *
 * @param unique - eight hexadecimal digits
 */
export function toCrashFileName(timestampMs: number, unique: string): string {
  const [date, time = ''] = new Date(timestampMs).toISOString().split(/[T.]/, 2);
  return `crash_${date?.replaceAll('-', '')}_${time.replaceAll(':', '')}_${unique}.json`;
}
