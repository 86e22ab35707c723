/**
 * Whether one version comes before another, as semantic versioning orders them:
 * numbers as numbers, and a pre-release before its release. What is no version
 * (no three numbers) is never older: nobody knows what it is.
 *
 * @remarks Source: Semantic Versioning 2.0.0, item 11. Build metadata does not count.
 */
export function isOlderVersion(version: string, than: string): boolean {
  const [a, b] = [read(version), read(than)];
  if (!a || !b) return false;
  for (let i = 0; i < 3; i += 1) {
    if (a.numbers[i] !== b.numbers[i]) return a.numbers[i] < b.numbers[i];
  }
  return comparePreReleases(a.preRelease, b.preRelease) < 0;
}

interface Version {
  numbers: number[];
  /** Empty for a release. */
  preRelease: string[];
}

const VERSION =
  /^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z.-]{1,100}))?(?:\+.*)?$/;

function read(text: string): Version | undefined {
  const match = VERSION.exec(text);
  if (!match) return undefined;
  return {
    numbers: [match[1], match[2], match[3]].map(Number),
    preRelease: match[4]?.split('.') ?? [],
  };
}

function comparePreReleases(a: string[], b: string[]): number {
  if (a.length === 0 || b.length === 0)
    return Number(a.length === 0) - Number(b.length === 0);
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const order = compareIdentifiers(a[i], b[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareIdentifiers(
  a: string | undefined,
  b: string | undefined,
): number {
  if (a === undefined || b === undefined)
    return Number(a !== undefined) - Number(b !== undefined);
  const [x, y] = [a, b].map(each => (/^\d+$/.test(each) ? Number(each) : NaN));
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
