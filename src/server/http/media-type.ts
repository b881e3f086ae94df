/** The media type of a header `Content-Type`, in lower case and without parameters. */
export function mediaTypeOf(header: string | null | undefined): string | undefined {
  return header?.split(';', 1)[0]?.trim().toLowerCase();
}
