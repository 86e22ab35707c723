/** What well-known last words mean for the next step. First match from the last line upwards wins. */
const HINTS: ReadonlyArray<{ pattern: RegExp; next(found: string): string }> = [
  {
    pattern:
      /(?:Cannot find (?:module|package)|No module named) ['"]([^'"]{1,120})['"]/,
    next: found => `Add "${found}" to what the app depends on, and push again`,
  },
  {
    pattern: /EADDRINUSE[^\d]{0,40}(?:[\d.:a-f[\]]{0,40}:)?(\d{2,5})/i,
    next: found =>
      `Port ${found} is taken by another part of the app: let each listen on its own, and push again`,
  },
  {
    pattern: /listen \w{2,5} \S{0,60}:(\d{2,5}): bind: address already in use/,
    next: found =>
      `Port ${found} is taken by another part of the app: let each listen on its own, and push again`,
  },
  {
    pattern: /\b([\w.-]{2,100}:\d{2,5}): (?:connect: )?connection refused/,
    next: found =>
      `It does not reach ${found}: check that address and that what should answer there runs`,
  },
  {
    pattern: /ECONNREFUSED ([\w.:[\]-]{3,120})/,
    next: found =>
      `It does not reach ${found}: check that address and that what should answer there runs`,
  },
  {
    pattern:
      /(?:getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|no such host:?|lookup) ([\w.-]{3,120})/,
    next: found =>
      `The name "${found}" is unknown: correct the address the app is told`,
  },
  {
    pattern: /\bENOENT\b[^'"]{0,120}['"]([^'"]{1,200})['"]/,
    next: found =>
      `The file "${found}" is missing: add it to what is pushed, or correct the path`,
  },
  {
    pattern:
      /(?:required )?environment variable:? ['"`]?([A-Z][A-Z0-9_]{1,80})/,
    next: found => `Set ${found} under variables in score.yaml, and push again`,
  },
];

/** A likelier next step, read from the last lines of the output; undefined when they say nothing we know. */
export function hintFromOutput(lines: readonly string[]): string | undefined {
  for (const line of [...lines].reverse()) {
    for (const { pattern, next } of HINTS) {
      const found = pattern.exec(line)?.[1];
      if (found) return next(found);
    }
  }
  return undefined;
}
