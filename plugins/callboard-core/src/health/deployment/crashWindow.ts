/**
 * An instance that restarted after a crash counts as steady once it has run
 * this long; one that ends sooner counts as crashed at start.
 */
export const CRASH_WINDOW_MS = 10_000;
