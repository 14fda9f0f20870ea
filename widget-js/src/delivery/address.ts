/** An address without what may identify a person or open a door: no query, no fragment, no user and password. */
export function withoutSecrets(address: string): string | undefined {
  try {
    const { protocol, origin, pathname } = new URL(address);
    // The collector takes at most 2,048 characters.
    return /^https?:$/.test(protocol) ? (origin + pathname).slice(0, 2048) : undefined;
  } catch {
    return undefined;
  }
}
