/** A way from the portal to an API server. */
export interface Route {
  name: string;
  /** Asks and reads the whole answer. @returns its length in bytes */
  read(path: string): Promise<number>;
  close(): Promise<void> | void;
}

/** Reads a part of an answer and leaves the rest until it is told to end. */
export interface StallingRoute extends Route {
  stall(path: string): Promise<() => void>;
}
