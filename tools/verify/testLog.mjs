// Reads what jest and Playwright wrote: which tests failed, in which files, and
// how it is quoted in so few lines that the end of a long log still names them.

const JEST_FILE =
  /^FAIL +(?:.* )?(\S+\.(?:test|spec)\.[jt]sx?)(?: \([\d.]+ m?s\))?$/gm;
const PLAYWRIGHT_TEST =
  /^ {2}\d+\) (?:\[[^\]]+\] › )?(\S+\.spec\.ts):\d+:\d+ › .*$/gm;
/** Jest heads each failure with ●, and what a file printed too. */
const JEST_HEAD = /^ {2}● (?!Console$)(.+)$/;
/** What ends a failure in jest's log: the next one, another file, or the sums. */
const JEST_END =
  /^(?: {2}● |PASS |FAIL |Test Suites: |Summary of all failing tests$)/;

/** Files with a failed test, each once, as the log names them. */
export function readFailedFiles(log) {
  const jest = [...log.matchAll(JEST_FILE)].map(match => match[1]);
  const playwright = [...log.matchAll(PLAYWRIGHT_TEST)].map(match => match[1]);
  return [...new Set([...jest, ...playwright])];
}

/** Titles of failed tests, each once. */
export function readFailedTests(log) {
  const jest = log
    .split('\n')
    .map(line => JEST_HEAD.exec(line)?.[1])
    .filter(title => title !== undefined);
  const playwright = [...log.matchAll(PLAYWRIGHT_TEST)].map(match =>
    match[0].replace(/^ +\d+\) /, '').replace(/ ─+$/, ''),
  );
  return [...new Set([...jest, ...playwright])];
}

/**
 * The failures themselves, the first lines of each; without any that can be
 * recognized the end of the log. At most `tests` failures of `lines` lines.
 */
export function quoteFailures(log, { tests = 6, lines = 30 } = {}) {
  const all = log.split('\n');
  const quotes = new Map();
  for (const [index, line] of all.entries()) {
    const jest = JEST_HEAD.exec(line)?.[1];
    const isHead =
      jest !== undefined || new RegExp(PLAYWRIGHT_TEST.source).test(line);
    const title = jest ?? line;
    if (!isHead || quotes.has(title) || quotes.size === tests) continue;
    const rest = all.slice(index + 1);
    const end = rest.findIndex(next =>
      jest === undefined
        ? new RegExp(PLAYWRIGHT_TEST.source).test(next)
        : JEST_END.test(next),
    );
    quotes.set(
      title,
      [line, ...rest.slice(0, end === -1 ? lines : Math.min(end, lines))].join(
        '\n',
      ),
    );
  }
  return quotes.size === 0
    ? log.slice(-3_000)
    : [...quotes.values()].map(quote => quote.trimEnd()).join('\n\n');
}

/** Adds up what jest and Playwright say at their end. */
export function countTests(log) {
  const jestLine = /^Tests: +(.*)$/m.exec(log)?.[1];
  const count = word =>
    jestLine === undefined
      ? sum(log.matchAll(new RegExp(`^ +(\\d+) ${word}(?: |$)`, 'gm')))
      : Number(new RegExp(`(\\d+) ${word}`).exec(jestLine)?.[1] ?? 0);
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
  };
}

function sum(matches) {
  return [...matches].reduce((total, match) => total + Number(match[1]), 0);
}
