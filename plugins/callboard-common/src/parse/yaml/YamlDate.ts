/** An unquoted date or time of a file, for schemas that refuse it where text is required. */
export class YamlDate {
  /** In Go's JSON format: `2026-1-3` is `2026-01-03T00:00:00Z`; the zone is kept. */
  readonly text: string;

  /** @param written - one that `resolvePlainScalar` calls a date */
  constructor(written: string) {
    const [, day, time = '0:0:0', fraction = '', zone = 'Z'] =
      /^([\d-]+)(?:[Tt ]([\d:]+)(?:[.,](\d+))?(Z|[-+].+)?)?$/.exec(written) ??
      [];
    const pad = (part: string) => part.padStart(2, '0');
    const kept = withoutZeros(fraction.slice(0, 9));
    this.text = [
      (day ?? '').split('-').map(pad).join('-'),
      'T',
      time.split(':').map(pad).join(':'),
      kept && `.${kept}`,
      /^[-+]00:00$/.test(zone) ? 'Z' : zone,
    ].join('');
  }
}

function withoutZeros(fraction: string): string {
  let end = fraction.length;
  while (fraction[end - 1] === '0') end -= 1;
  return fraction.slice(0, end);
}
