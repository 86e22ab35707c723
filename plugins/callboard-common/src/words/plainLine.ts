/** Removes colours and control characters from a line of output, for pages and terminals. */
export function plainLine(line: string): string {
  return (
    line
      // eslint-disable-next-line no-control-regex -- what terminals are told begins with ESC
      .replace(/\x1b(?:\[[\d;?]*[ -/]*[@-~]|[@-Z\\-_])/g, '')
      // eslint-disable-next-line no-control-regex -- the others
      .replace(/[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]/g, '')
      .trimEnd()
  );
}
