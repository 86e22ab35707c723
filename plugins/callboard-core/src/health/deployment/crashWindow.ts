/** An instance that came back after a crash is believed once it has run this long, and one that ends sooner never got to its work. */
export const CRASH_WINDOW_MS = 10_000;
