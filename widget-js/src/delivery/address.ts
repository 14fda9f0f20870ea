import { safely } from "../safely";

/** An address without what may identify a person or open a door: no query but the parameters named, no fragment, no user and password. */
export const withoutSecrets = safely((address: string, keep: readonly string[] = []): string | undefined => {
  const { protocol, origin, pathname, searchParams } = new URL(address);
  const query = `${new URLSearchParams([...searchParams].filter(([name]) => keep.includes(name)))}`;
  // The collector takes at most 2,048 characters.
  return /^https?:$/.test(protocol) ? (origin + pathname + (query && `?${query}`)).slice(0, 2048) : undefined;
});
