/** A time as names of files have it, in UTC: `20261121_083000`. */
export function toStamp(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_');
}
