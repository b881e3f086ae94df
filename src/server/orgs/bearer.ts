/** @param header - `Authorization: Bearer <token>` @returns the token; undefined for anything else */
export function bearerOf(header: string | undefined): string | undefined {
  return /^bearer +(\S+) *$/i.exec(header ?? '')?.[1];
}
