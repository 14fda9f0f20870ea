import { safely } from "../safely";

/** One value on the device, under one key. */
export interface Shelf<Value> {
  /** What lies there; nothing where it is empty, broken or denied. */
  read(): Value | undefined;
  /** Puts it there, or clears the place. Where that is denied, the survey works the same, it may only be shown once more. */
  write(value: Value | false): void;
}

/** The part of a browser's storage that is used. */
export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** `store` is asked for each time: where storage is denied, even asking fails. */
export function openShelf<Value>(store: () => Store, key: string): Shelf<Value> {
  return {
    // An empty place is read as null, not by way of an error: making one costs the page milliseconds.
    read: safely(() => (JSON.parse(store().getItem(key) as string) ?? undefined) as Value | undefined),
    write: safely((value) => {
      if (value) store().setItem(key, JSON.stringify(value));
      else store().removeItem(key);
    }),
  };
}
