import { createContext, type ReactNode, useContext } from 'react';

const LostSince = createContext<Date | undefined>(undefined);

/**
 * Marks everything inside as true at `since` and not refreshable: health marks
 * show Unknown. Without `since` it inherits from outside.
 */
export function LostScope({
  since,
  children,
}: {
  since: Date | undefined;
  children: ReactNode;
}): JSX.Element {
  const outer = useLostSince();
  return (
    <LostSince.Provider value={since ?? outer}>{children}</LostSince.Provider>
  );
}

/** Time since which the portal does not answer; undefined while it does. */
export function useLostSince(): Date | undefined {
  return useContext(LostSince);
}
