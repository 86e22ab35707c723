import { createContext, type ReactNode, useContext } from 'react';

const LostSince = createContext<Date | undefined>(undefined);

/** Everything inside was true at `since` and cannot be asked again: marks inside show Unknown. Without `since` it is as outside. */
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

/** Since when the portal itself has no answer; undefined while it has. */
export function useLostSince(): Date | undefined {
  return useContext(LostSince);
}
