import type { LogLine } from '@callboard/plugin-callboard-common';

/** Saves lines as they are shown, one object per line, as every log tool reads them. */
export function downloadLines(
  app: string,
  environment: string,
  lines: readonly LogLine[],
): void {
  const text = lines.map(line => `${JSON.stringify(line)}\n`).join('');
  const address = URL.createObjectURL(
    new Blob([text], { type: 'application/x-ndjson' }),
  );
  const link = document.createElement('a');
  link.href = address;
  link.download = `${app}-${environment}.jsonl`;
  link.click();
  URL.revokeObjectURL(address);
}
