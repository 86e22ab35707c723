/**
 * How servers report their address: `listening on port 3000`, `Running on
 * http://0.0.0.0:5000`, `Tomcat started on port 8080`.
 */
const LISTENS =
  /\b(?:listen(?:s|ing)?|running|started|serving|ready|available|bound)\b[^\n]{0,120}?(?:\bports?(?: number)?[\s:=(]{0,3}|:(?=\d{3}))(\d{2,5})\b/i;
const NO_SUCCESS = /\b(?:error|fail|refused|in use|cannot|could not)/i;

/** Returns the ports on which the program listens according to its output, the latest first. */
export function readListeningPorts(lines: readonly string[]): string[] {
  const ports = lines.flatMap(line => {
    const port = NO_SUCCESS.test(line) ? undefined : LISTENS.exec(line)?.[1];
    return port !== undefined && Number(port) <= 65_535 ? [port] : [];
  });
  return [...new Set(ports.reverse())];
}
